namespace CoffeePayment.Tests.Engine;

[Alias("conformance.ISchedulingGrain")]
public interface ISchedulingGrain : IGrainWithStringKey
{
    /// <summary>Reads, yields, writes: exact only if no other call runs in between.</summary>
    [Alias("Increment")]
    Task<int> IncrementAsync();

    /// <summary>Whether the scheduler is the same before and after waiting for a gate opened from outside.</summary>
    [Alias("StaysAfterAwait")]
    Task<bool> StaysAfterAwaitAsync(string gate);

    [Alias("IsOnDefaultScheduler")]
    Task<bool> IsOnDefaultSchedulerAsync();

    [Alias("TaskRunIsOnDefaultScheduler")]
    Task<bool> TaskRunIsOnDefaultSchedulerAsync();

    [Alias("ComesBackFromTaskRun")]
    Task<bool> ComesBackFromTaskRunAsync();

    [Alias("ChildTaskStays")]
    Task<bool> ChildTaskStaysAsync();

    [Alias("StaysAfterNestedAwait")]
    Task<bool> StaysAfterNestedAwaitAsync(string gate);

    [Alias("ContinueWithStays")]
    Task<bool> ContinueWithStaysAsync(string gate);

    [Alias("ConfigureAwaitFalseLeaves")]
    Task<bool> ConfigureAwaitFalseLeavesAsync(string gate);

    [Alias("GetSchedulerId")]
    Task<int> GetSchedulerIdAsync();
}

public sealed class SchedulingGrain(Probe probe) : Grain, ISchedulingGrain
{
    private int _count;

    public async Task<int> IncrementAsync()
    {
        var count = _count;
        await Task.Yield();
        return _count = count + 1;
    }

    public async Task<bool> StaysAfterAwaitAsync(string gate)
    {
        var before = TaskScheduler.Current;
        probe.Report(gate, "waiting");
        await probe.PassAsync(gate);
        return ReferenceEquals(before, TaskScheduler.Current);
    }

    public async Task<bool> StaysAfterNestedAwaitAsync(string gate)
    {
        var before = TaskScheduler.Current;
        return await StaysAfterAwaitAsync(gate) && ReferenceEquals(before, TaskScheduler.Current);
    }

    public Task<bool> IsOnDefaultSchedulerAsync() => Task.FromResult(OnDefault());

    public Task<bool> TaskRunIsOnDefaultSchedulerAsync() => Task.Run(OnDefault);

    public async Task<bool> ComesBackFromTaskRunAsync()
    {
        var before = TaskScheduler.Current;
        await Task.Run(OnDefault);
        return ReferenceEquals(before, TaskScheduler.Current);
    }

    public Task<bool> ChildTaskStaysAsync()
    {
        var before = TaskScheduler.Current;
        return Task.Factory.StartNew(
            () => ReferenceEquals(before, TaskScheduler.Current),
            CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
    }

    public Task<bool> ContinueWithStaysAsync(string gate)
    {
        var before = TaskScheduler.Current;
        probe.Report(gate, "waiting");
        return probe.PassAsync(gate).ContinueWith(
            _ => ReferenceEquals(before, TaskScheduler.Current), TaskScheduler.Current);
    }

    public async Task<bool> ConfigureAwaitFalseLeavesAsync(string gate)
    {
        probe.Report(gate, "waiting");
#pragma warning disable ORLEANS0014 // What grain code must not do is what this shows.
        await probe.PassAsync(gate).ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return OnDefault();
    }

    public Task<int> GetSchedulerIdAsync() => Task.FromResult(TaskScheduler.Current.Id);

    private static bool OnDefault() => ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default);
}
