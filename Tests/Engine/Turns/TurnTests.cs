namespace CoffeePayment.Tests.Engine;

/// <summary>One call at a time, unless a grain or method says otherwise.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/request-scheduling"/>
[Collection(PlainEngine.Name)]
public sealed class TurnTests(PlainCluster cluster) : EngineTests(cluster)
{
    [Fact]
    public async Task Call_AnotherOneRuns_WaitsForItsEnd()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ITurnGrain>(key);
        var first = grain.WorkAsync("first", key);
        await Probe.NextAsync(key);
        var second = grain.WorkAsync("second", null);
        await grain.InterleaveAsync("between", null);

        Probe.Open(key);
        await Task.WhenAll(first, second).WaitAsync(Patience);

        Assert.Equal(
            ["first starts", "between starts", "between ends", "first ends", "second starts", "second ends"],
            Probe.Happened(key));
    }

    [Fact]
    public async Task AlwaysInterleave_CallRuns_RunsBetweenItsAwaits()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ITurnGrain>(key);
        var running = grain.WorkAsync("running", key);
        await Probe.NextAsync(key);

        await grain.InterleaveAsync("interleaved", null).WaitAsync(Patience);

        Assert.Equal(["running starts", "interleaved starts", "interleaved ends"], Probe.Happened(key));
        Probe.Open(key);
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task AlwaysInterleave_ItselfRuns_LetsOrdinaryCallsRun()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ITurnGrain>(key);
        var interleaved = grain.InterleaveAsync("interleaved", key);
        await Probe.NextAsync(key);

        await grain.WorkAsync("ordinary", null).WaitAsync(Patience);

        Assert.Equal(["interleaved starts", "ordinary starts", "ordinary ends"], Probe.Happened(key));
        Probe.Open(key);
        await interleaved.WaitAsync(Patience);
    }

    [Fact]
    public async Task ReadOnly_AnotherReadOnlyRuns_RunsBetweenItsAwaits()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ITurnGrain>(key);
        var running = grain.ReadAsync("running", key);
        await Probe.NextAsync(key);

        await grain.ReadAsync("second", null).WaitAsync(Patience);

        Assert.Equal(["running starts", "second starts", "second ends"], Probe.Happened(key));
        Probe.Open(key);
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task ReadOnly_OrdinaryCallRuns_WaitsForItsEnd()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ITurnGrain>(key);
        var running = grain.WorkAsync("write", key);
        await Probe.NextAsync(key);
        var read = grain.ReadAsync("read", null);
        await grain.InterleaveAsync("between", null);

        Probe.Open(key);
        await Task.WhenAll(running, read).WaitAsync(Patience);

        Assert.Equal(
            ["write starts", "between starts", "between ends", "write ends", "read starts", "read ends"],
            Probe.Happened(key));
    }

    [Fact]
    public async Task OrdinaryCall_ReadOnlyRuns_WaitsForItsEnd()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ITurnGrain>(key);
        var read = grain.ReadAsync("read", key);
        await Probe.NextAsync(key);
        var write = grain.WorkAsync("write", null);
        await grain.InterleaveAsync("between", null);

        Probe.Open(key);
        await Task.WhenAll(read, write).WaitAsync(Patience);

        Assert.Equal(
            ["read starts", "between starts", "between ends", "read ends", "write starts", "write ends"],
            Probe.Happened(key));
    }

    [Fact]
    public async Task ReentrantGrain_CallRuns_OthersRunBetweenItsAwaits()
    {
        var key = NewKey();
        var grain = Client.GetGrain<IReentrantGrain>(key);
        var running = grain.WorkAsync("running", key);
        await Probe.NextAsync(key);

        await grain.WorkAsync("second", null).WaitAsync(Patience);

        Assert.Equal(["running starts", "second starts", "second ends"], Probe.Happened(key));
        Probe.Open(key);
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task ReentrantGrain_ManyCallsAtOnce_NeverRunsTwoTurnsInParallel()
    {
        var grain = Client.GetGrain<IReentrantGrain>(NewKey());

        var mostRunning = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(grain.CountAsync)));

        Assert.Equal(1, mostRunning.Max());
        Assert.Equal(5000, await grain.GetCountAsync());
    }
}
