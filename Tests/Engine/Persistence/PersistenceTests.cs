namespace CoffeePayment.Tests.Engine;

/// <summary>States of grains: read when they activate, written when they say so.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-persistence/"/>
[Collection(PlainEngine.Name)]
public sealed class PersistenceTests(PlainCluster cluster) : EngineTests(cluster)
{
    private IMemoryNoteGrain Grain { get; } = cluster.Client.GetGrain<IMemoryNoteGrain>(NewKey());

    [Fact]
    public async Task State_NeverWritten_IsNewAndDoesNotExist()
    {
        var seen = await Grain.LookAsync();

        Assert.Equal(new Seen("", Exists: false, Etag: null), seen);
    }

    [Fact]
    public async Task Write_NewState_ExistsWithAnEtag()
    {
        var seen = await Grain.WriteAsync("a");

        Assert.Equal("a", seen.Text);
        Assert.True(seen.Exists);
        Assert.False(string.IsNullOrEmpty(seen.Etag));
    }

    [Fact]
    public async Task Write_Again_ChangesTheEtag()
    {
        var first = await Grain.WriteAsync("a");

        var second = await Grain.WriteAsync("b");

        Assert.NotEqual(first.Etag, second.Etag);
    }

    [Fact]
    public async Task State_Written_IsReadBeforeOnActivate()
    {
        var written = await Grain.WriteAsync("a");
        await Grain.DeactivateAsync();

        var atActivation = await Grain.LookBackAsync();

        Assert.Equal(written, atActivation);
    }

    [Fact]
    public async Task State_ChangedInMemoryOnly_IsLostWithTheActivation()
    {
        await Grain.WriteAsync("a");
        await Grain.SetAsync("b");
        await Grain.DeactivateAsync();

        Assert.Equal("a", (await Grain.LookAsync()).Text);
    }

    [Fact]
    public async Task Read_StateChangedInMemory_BringsBackWhatWasWritten()
    {
        var written = await Grain.WriteAsync("a");
        await Grain.SetAsync("b");

        var read = await Grain.ReadAsync();

        Assert.Equal(written, read);
    }

    [Fact]
    public async Task Clear_Written_LeavesANewStateThatDoesNotExist()
    {
        await Grain.WriteAsync("a");

        var cleared = await Grain.ClearAsync();

        Assert.Equal("", cleared.Text);
        Assert.False(cleared.Exists);
    }

    [Fact]
    public async Task Clear_Written_IsGoneForTheNextActivation()
    {
        await Grain.WriteAsync("a");
        await Grain.ClearAsync();
        await Grain.DeactivateAsync();

        var seen = await Grain.LookAsync();

        Assert.Equal("", seen.Text);
        Assert.False(seen.Exists);
    }

    [Fact]
    public async Task Write_AfterClear_ExistsAgain()
    {
        await Grain.WriteAsync("a");
        await Grain.ClearAsync();

        var seen = await Grain.WriteAsync("b");

        Assert.Equal("b", seen.Text);
        Assert.True(seen.Exists);
    }

    [Fact]
    public async Task States_OfOneGrain_AreKeptApartByStateNameAndStorage()
    {
        var grain = Client.GetGrain<IManyStatesGrain>(NewKey());
        await grain.WriteAllAsync();
        await grain.DeactivateAsync();

        Assert.Equal(["left", "right", "other", "default"], await grain.GetAllAsync());
    }

    [Fact]
    public async Task Clear_OneOfSeveralStates_LeavesTheOthers()
    {
        var grain = Client.GetGrain<IManyStatesGrain>(NewKey());
        await grain.WriteAllAsync();

        await grain.ClearLeftAsync();
        await grain.DeactivateAsync();

        Assert.Equal(["", "right", "other", "default"], await grain.GetAllAsync());
    }

    [Fact]
    public async Task States_OfTwoGrains_AreKeptApartByTheirKeys()
    {
        await Grain.WriteAsync("a");

        Assert.False((await Client.GetGrain<IMemoryNoteGrain>(NewKey()).LookAsync()).Exists);
    }

    [Fact]
    public async Task Storage_NobodyAdded_FailsTheCallNamingIt()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => Client.GetGrain<IMissingNoteGrain>(NewKey()).LookAsync());

        Assert.Contains("No storage provider named", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(StorageNames.Missing, error.ToString(), StringComparison.Ordinal);
    }
}
