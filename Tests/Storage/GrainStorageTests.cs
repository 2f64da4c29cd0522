using Orleans.Storage;

namespace CoffeePayment.Tests.Storage;

/// <summary>
/// What every grain storage does, wherever it keeps its states: the compare-and-set on etags that Orleans' own
/// providers agree on (learn.microsoft.com/dotnet/orleans/grains/grain-persistence).
/// </summary>
public abstract class GrainStorageTests
{
    private static readonly GrainId Cup = GrainId.Create("cup", "cup-1");

    /// <summary>A storage without states that can store a <see cref="CupState"/>.</summary>
    protected abstract IGrainStorage Storage { get; }

    [Fact]
    public async Task Read_NeverWritten_GivesANewState()
    {
        var state = new GrainState<CupState>(new CupState { Sips = 3 }) { ETag = "old", RecordExists = true };

        await Storage.ReadStateAsync("cup", Cup, state);

        Assert.Equal(new CupState(), state.State);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Write_NewState_IsReadByOthers()
    {
        var written = await WriteAsync(new CupState { Sips = 3, Note = "Без сахара \"100 %\" ☕\n" });

        var read = await ReadAsync();

        Assert.Equal(written.State, read.State);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(written.RecordExists);
        Assert.True(read.RecordExists);
    }

    [Fact]
    public async Task Write_KnownState_ReplacesItUnderANewEtag()
    {
        var state = await WriteAsync(new CupState { Sips = 1 });
        var firstEtag = state.ETag;

        state.State = new CupState { Sips = 2 };
        await Storage.WriteStateAsync("cup", Cup, state);

        var read = await ReadAsync();
        Assert.Equal(2, read.State!.Sips);
        Assert.Equal(state.ETag, read.ETag);
        Assert.NotEqual(firstEtag, state.ETag);
    }

    [Fact]
    public async Task Write_AnyState_HasAGuidForItsEtag()
    {
        var state = await WriteAsync(new CupState());

        Assert.True(Guid.TryParseExact(state.ETag, "N", out _));
    }

    [Fact]
    public async Task Write_WithoutEtagWhereOneIs_IsAConflict()
    {
        var first = await WriteAsync(new CupState { Sips = 1 });
        var second = new GrainState<CupState>(new CupState { Sips = 2 });

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("cup", Cup, second));

        var read = await ReadAsync();
        Assert.Equal(first.State, read.State);
        Assert.Equal(first.ETag, read.ETag);
        Assert.Null(second.ETag);
    }

    [Fact]
    public async Task Write_StaleEtag_IsAConflict()
    {
        var stale = await WriteAsync(new CupState { Sips = 1 });
        var current = await ReadAsync();
        current.State = new CupState { Sips = 2 };
        await Storage.WriteStateAsync("cup", Cup, current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("cup", Cup, stale));

        Assert.Equal(2, (await ReadAsync()).State!.Sips);
    }

    [Fact]
    public async Task Write_EtagOfAStateThatIsGone_IsAConflict()
    {
        var state = await WriteAsync(new CupState { Sips = 1 });
        await Storage.ClearStateAsync("cup", Cup, await ReadAsync());

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("cup", Cup, state));

        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Write_SameEtagFromManyAtOnce_OneWins()
    {
        await WriteAsync(new CupState());
        var copies = await Task.WhenAll(Enumerable.Range(1, 20).Select(async number =>
        {
            var copy = await ReadAsync();
            copy.State = new CupState { Sips = number };
            return copy;
        }));

        var outcomes = await Task.WhenAll(copies.Select(copy => Task.Run(async () =>
        {
            var exception = await Record.ExceptionAsync(() => Storage.WriteStateAsync("cup", Cup, copy));
            return (Copy: copy, Exception: exception);
        })));

        var winner = Assert.Single(outcomes, outcome => outcome.Exception is null);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Exception is InconsistentStateException));
        Assert.Equal(winner.Copy.State, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Write_OtherTypeKeyOrName_IsAnotherState()
    {
        var others = new[]
        {
            ("cup", GrainId.Create("cup", "cup-2")),
            ("cup", GrainId.Create("mug", "cup-1")),
            ("saucer", Cup),
        };
        await WriteAsync(new CupState { Sips = 9 });

        for (var number = 0; number < others.Length; number++)
            await Storage.WriteStateAsync(
                others[number].Item1, others[number].Item2, new GrainState<CupState>(new CupState { Sips = number }));

        Assert.Equal(9, (await ReadAsync()).State!.Sips);
        for (var number = 0; number < others.Length; number++)
            Assert.Equal(number, (await ReadAsync(others[number].Item1, others[number].Item2)).State!.Sips);
    }

    [Fact]
    public async Task Write_LargeState_IsReadBack()
    {
        var written = await WriteAsync(new CupState { Note = new string('ж', 200_000) });

        Assert.Equal(written.State, (await ReadAsync()).State);
    }

    [Fact]
    public async Task Clear_KnownState_LeavesNothing()
    {
        var state = await WriteAsync(new CupState { Sips = 1 });

        await Storage.ClearStateAsync("cup", Cup, state);

        Assert.Equal(new CupState(), state.State);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clear_ThenWrite_StartsAnew()
    {
        var state = await WriteAsync(new CupState { Sips = 1 });
        await Storage.ClearStateAsync("cup", Cup, state);

        state.State = new CupState { Sips = 2 };
        await Storage.WriteStateAsync("cup", Cup, state);

        Assert.Equal(2, (await ReadAsync()).State!.Sips);
    }

    [Fact]
    public async Task Clear_StaleEtag_IsAConflict()
    {
        var stale = await WriteAsync(new CupState { Sips = 1 });
        var current = await ReadAsync();
        await Storage.WriteStateAsync("cup", Cup, current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("cup", Cup, stale));

        Assert.Equal(current.ETag, (await ReadAsync()).ETag);
    }

    [Fact]
    public async Task Clear_WithoutEtagWhereOneIs_IsAConflict()
    {
        await WriteAsync(new CupState { Sips = 1 });

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.ClearStateAsync("cup", Cup, new GrainState<CupState>(new CupState())));

        Assert.True((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clear_NeverWritten_IsDone()
    {
        var state = new GrainState<CupState>(new CupState { Sips = 1 });

        await Storage.ClearStateAsync("cup", Cup, state);

        Assert.Equal(new CupState(), state.State);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public void Storage_AnySequenceOfCalls_BehavesAsTheModelDoes() => GrainStorageModel.Check(Storage);

    private async Task<GrainState<CupState>> WriteAsync(CupState cup)
    {
        var state = new GrainState<CupState>(cup);
        await Storage.WriteStateAsync("cup", Cup, state);
        return state;
    }

    private Task<GrainState<CupState>> ReadAsync() => ReadAsync("cup", Cup);

    private async Task<GrainState<CupState>> ReadAsync(string stateName, GrainId grainId)
    {
        var state = new GrainState<CupState>(new CupState());
        await Storage.ReadStateAsync(stateName, grainId, state);
        return state;
    }
}
