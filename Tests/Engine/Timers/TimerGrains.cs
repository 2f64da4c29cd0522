using Orleans.Concurrency;

namespace CoffeePayment.Tests.Engine;

/// <summary>A grain with one timer, whose ticks are reported under the grain's key.</summary>
[Alias("conformance.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task StartAsync(TimeSpan dueTime, TimeSpan period, TickPlan? plan);

    /// <summary>Starts a timer whose ticks report the state that it was given.</summary>
    [Alias("StartWithState")]
    Task StartWithStateAsync(string state, TimeSpan dueTime);

    [Alias("Change")]
    Task ChangeAsync(TimeSpan dueTime, TimeSpan period);

    [Alias("Stop")]
    Task StopAsync();

    /// <summary>A call which ends when the gate opens.</summary>
    [Alias("Work")]
    Task WorkAsync(string name, string gate);

    [AlwaysInterleave]
    [Alias("Interleave")]
    Task InterleaveAsync();

    /// <summary>Runs after whatever the grain has to do already.</summary>
    [Alias("Flush")]
    Task FlushAsync();

    [Alias("Deactivate")]
    Task DeactivateAsync();

    /// <summary>Whether the last tick ran on the scheduler on which this call runs.</summary>
    [Alias("TickedOnItsScheduler")]
    Task<bool> TickedOnItsSchedulerAsync();
}

/// <summary>What the callback does, beyond reporting.</summary>
[GenerateSerializer, Immutable, Alias("conformance.TickPlan")]
public sealed record TickPlan
{
    [Id(0)]
    public bool Interleave { get; init; }

    /// <summary>The gate each tick waits at; null: none.</summary>
    [Id(1)]
    public string? Gate { get; init; }

    /// <summary>Which tick throws, counted from 1; 0: none.</summary>
    [Id(2)]
    public int FailingTick { get; init; }

    /// <summary>After the first tick, how long to the second and last; null: leaves the timer as it is.</summary>
    [Id(3)]
    public TimeSpan? ChangeTo { get; init; }

    /// <summary>Which tick disposes the timer, counted from 1; 0: none.</summary>
    [Id(4)]
    public int DisposingTick { get; init; }

    /// <summary>Whether each tick waits until its token is canceled.</summary>
    [Id(5)]
    public bool WaitForCancellation { get; init; }
}

public sealed class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private TickPlan _plan = new();
    private int _ticks;
    private int _scheduler;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report(Key, "deactivated");
        return Task.CompletedTask;
    }

    public Task StartAsync(TimeSpan dueTime, TimeSpan period, TickPlan? plan)
    {
        _plan = plan ?? new TickPlan();
        _timer = this.RegisterGrainTimer(TickAsync, new(dueTime, period) { Interleave = _plan.Interleave });
        return Task.CompletedTask;
    }

    public Task StartWithStateAsync(string state, TimeSpan dueTime)
    {
        _timer = this.RegisterGrainTimer(ReportAsync, state, dueTime, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task WorkAsync(string name, string gate)
    {
        probe.Report(Key, name + " starts");
        await probe.PassAsync(gate);
        probe.Report(Key, name + " ends");
    }

    public Task InterleaveAsync() => Task.CompletedTask;

    public Task FlushAsync() => Task.CompletedTask;

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<bool> TickedOnItsSchedulerAsync() => Task.FromResult(TaskScheduler.Current.Id == _scheduler);

    private Task ReportAsync(string state, CancellationToken cancellationToken)
    {
        probe.Report(Key, "tick of " + state);
        return Task.CompletedTask;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        var tick = ++_ticks;
        _scheduler = TaskScheduler.Current.Id;
        if (tick == 1 && _plan.ChangeTo is { } change)
            _timer!.Change(change, Timeout.InfiniteTimeSpan);
        probe.Report(Key, $"tick {tick}");
        if (tick == _plan.DisposingTick)
            _timer!.Dispose();
        if (tick == _plan.FailingTick)
            throw new InvalidOperationException("This tick fails.");
        if (_plan.WaitForCancellation)
            await CancellationOf(cancellationToken);
        if (_plan.Gate is { } gate)
            await probe.PassAsync(gate);
        if (_plan.WaitForCancellation || _plan.Gate is not null)
            probe.Report(Key, $"tick {tick} ends");
    }

    private static async Task CancellationOf(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => canceled.TrySetResult());
        await canceled.Task;
    }
}
