using Orleans.Storage;

namespace CoffeePayment.Tests.Engine;

/// <summary>A storage of one's own: what it is asked, and what becomes of its refusals.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/tutorials-and-samples/custom-grain-storage"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-persistence/"/>
[Collection(PlainEngine.Name)]
public sealed class StorageProviderTests(PlainCluster cluster) : EngineTests(cluster)
{
    private readonly RecordingStorage _storage = cluster.Services.GetRequiredService<RecordingStorage>();

    private string Key { get; } = NewKey();

    private string GrainIdText => $"recorded-note/{Key}";

    private IRecordedNoteGrain Grain => Client.GetGrain<IRecordedNoteGrain>(Key);

    [Fact]
    public async Task Storage_ByAddGrainStorage_IsAskedByStateNameAndGrainId()
    {
        await Grain.WriteAsync("a");
        await Grain.ClearAsync();

        Assert.Equal(
            [$"read note of {GrainIdText}", $"write note of {GrainIdText}", $"clear note of {GrainIdText}"],
            _storage.RequestsAbout(GrainIdText));
    }

    [Fact]
    public async Task Storage_AsKeyedService_IsFoundByItsKey()
    {
        var id = $"keyed-note/{Key}";

        await Client.GetGrain<IKeyedNoteGrain>(Key).WriteAsync("a");

        Assert.Equal([$"read note of {id}", $"write note of {id}"], _storage.RequestsAbout(id));
    }

    [Fact]
    public async Task Etag_GivenByTheStorage_ComesBackWithTheNextWrite()
    {
        var first = await Grain.WriteAsync("a");
        var second = await Grain.WriteAsync("b");

        Assert.Equal(new Seen("a", Exists: true, "1"), first);
        Assert.Equal(new Seen("b", Exists: true, "2"), second);
    }

    [Fact]
    public async Task Write_RecordChangedElsewhere_ThrowsInconsistentStateToTheCaller()
    {
        await Grain.WriteAsync("a");
        _storage.WriteElsewhere("note", GrainIdText, "elsewhere");

        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.WriteAsync("b"));

        Assert.Equal("2", error.StoredEtag);
        Assert.Equal("1", error.CurrentEtag);
    }

    [Fact]
    public async Task InconsistentState_LeavingACall_DeactivatesTheGrain()
    {
        await Grain.WriteAsync("a");
        _storage.WriteElsewhere("note", GrainIdText, "elsewhere");

        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.WriteAsync("b"));

        Assert.Equal("ApplicationError", await Probe.NextAsync(GrainIdText));
        Assert.Equal(new Seen("elsewhere", Exists: true, "2"), await Grain.LookBackAsync());
    }

    [Fact]
    public async Task InconsistentState_CaughtInTheCall_LeavesTheGrain()
    {
        await Grain.WriteAsync("a");
        _storage.WriteElsewhere("note", GrainIdText, "elsewhere");

        var outcome = await Grain.TryWriteAsync("b");
        var read = await Grain.ReadAsync();

        Assert.Equal("inconsistent", outcome);
        Assert.Equal(new Seen("elsewhere", Exists: true, "2"), read);
        Assert.Empty(Probe.Happened(GrainIdText));
    }

    [Fact]
    public async Task InconsistentState_PassingThroughAnotherGrain_LeavesThatOne()
    {
        var between = Client.GetGrain<IKeyedNoteGrain>(Key);
        await Grain.WriteAsync("a");
        _storage.WriteElsewhere("note", GrainIdText, "elsewhere");

        await Assert.ThrowsAsync<InconsistentStateException>(() => between.WriteThroughAsync("b"));

        Assert.Equal("ApplicationError", await Probe.NextAsync(GrainIdText));
        await between.LookAsync();
        Assert.Empty(Probe.Happened($"keyed-note/{Key}"));
    }

    [Fact]
    public async Task Read_RecordChangedElsewhere_LetsTheNextWriteThrough()
    {
        await Grain.WriteAsync("a");
        _storage.WriteElsewhere("note", GrainIdText, "elsewhere");
        await Grain.ReadAsync();

        var seen = await Grain.WriteAsync("b");

        Assert.Equal(new Seen("b", Exists: true, "3"), seen);
    }

    [Fact]
    public async Task Write_StorageThrows_ReachesTheCallerWithItsCause()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Grain.WriteAsync("unwritable"));

        Assert.Contains("The disk is full.", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Probe.Happened(GrainIdText));
    }
}
