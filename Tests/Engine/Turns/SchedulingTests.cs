namespace CoffeePayment.Tests.Engine;

/// <summary>Each activation runs its code on a task scheduler of its own.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/external-tasks-and-grains"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/implementation/scheduler"/>
[Collection(PlainEngine.Name)]
public sealed class SchedulingTests(PlainCluster cluster) : EngineTests(cluster)
{
    private ISchedulingGrain Grain { get; } = cluster.Client.GetGrain<ISchedulingGrain>(NewKey());

    [Fact]
    public async Task Storm_OfParallelCalls_CountsExactly()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(Grain.IncrementAsync)));

        Assert.Equal(Enumerable.Range(1, 1000), counts.Order());
    }

    [Fact]
    public async Task Method_Runs_NotOnTheDefaultScheduler() =>
        Assert.False(await Grain.IsOnDefaultSchedulerAsync());

    [Fact]
    public async Task Scheduler_OfTwoActivations_Differs()
    {
        var other = Client.GetGrain<ISchedulingGrain>(NewKey());

        Assert.NotEqual(await Grain.GetSchedulerIdAsync(), await other.GetSchedulerIdAsync());
    }

    [Fact]
    public async Task Await_CompletedFromOutside_ComesBackToTheActivation()
    {
        var gate = NewKey();
        var call = Grain.StaysAfterAwaitAsync(gate);
        await Probe.NextAsync(gate);

        Probe.Open(gate);

        Assert.True(await call.WaitAsync(Patience));
    }

    [Fact]
    public async Task Await_OfAMethodThatAwaited_StaysOnTheActivation()
    {
        var gate = NewKey();
        var call = Grain.StaysAfterNestedAwaitAsync(gate);
        await Probe.NextAsync(gate);

        Probe.Open(gate);

        Assert.True(await call.WaitAsync(Patience));
    }

    [Fact]
    public async Task ContinueWith_CompletedFromOutside_RunsOnTheActivation()
    {
        var gate = NewKey();
        var call = Grain.ContinueWithStaysAsync(gate);
        await Probe.NextAsync(gate);

        Probe.Open(gate);

        Assert.True(await call.WaitAsync(Patience));
    }

    [Fact]
    public async Task ConfigureAwaitFalse_CompletedFromOutside_LeavesTheActivation()
    {
        var gate = NewKey();
        var call = Grain.ConfigureAwaitFalseLeavesAsync(gate);
        await Probe.NextAsync(gate);

        Probe.Open(gate);

        Assert.True(await call.WaitAsync(Patience));
    }

    [Fact]
    public async Task TaskRun_InAGrain_RunsOnTheThreadPool() =>
        Assert.True(await Grain.TaskRunIsOnDefaultSchedulerAsync());

    [Fact]
    public async Task TaskRun_Awaited_ComesBackToTheActivation() =>
        Assert.True(await Grain.ComesBackFromTaskRunAsync());

    [Fact]
    public async Task StartNew_InAGrain_StaysOnTheActivation() =>
        Assert.True(await Grain.ChildTaskStaysAsync());
}
