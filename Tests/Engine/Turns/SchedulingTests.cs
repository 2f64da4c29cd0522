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
    public async Task Await_CompletedFromOutside_ComesBackToTheActivation() =>
        Assert.True(await PassGateAsync(Grain.StaysAfterAwaitAsync));

    [Fact]
    public async Task Await_OfAMethodThatAwaited_StaysOnTheActivation() =>
        Assert.True(await PassGateAsync(Grain.StaysAfterNestedAwaitAsync));

    [Fact]
    public async Task ContinueWith_CompletedFromOutside_RunsOnTheActivation() =>
        Assert.True(await PassGateAsync(Grain.ContinueWithStaysAsync));

    [Fact]
    public async Task ConfigureAwaitFalse_CompletedFromOutside_LeavesTheActivation() =>
        Assert.True(await PassGateAsync(Grain.ConfigureAwaitFalseLeavesAsync));

    [Fact]
    public async Task TaskRun_InAGrain_RunsOnTheThreadPool() =>
        Assert.True(await Grain.TaskRunIsOnDefaultSchedulerAsync());

    [Fact]
    public async Task TaskRun_Awaited_ComesBackToTheActivation() =>
        Assert.True(await Grain.ComesBackFromTaskRunAsync());

    [Fact]
    public async Task StartNew_InAGrain_StaysOnTheActivation() =>
        Assert.True(await Grain.ChildTaskStaysAsync());

    /// <summary>What a call says that waits at a gate, which is opened from outside when it has got there.</summary>
    private async Task<bool> PassGateAsync(Func<string, Task<bool>> call)
    {
        var gate = NewKey();
        var answer = call(gate);
        await Probe.NextAsync(gate);

        Probe.Open(gate);

        return await answer.WaitAsync(Patience);
    }
}
