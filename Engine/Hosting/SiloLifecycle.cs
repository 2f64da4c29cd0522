using CoffeePayment.Engine.Scheduling;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Hosting;

/// <summary>
/// Runs observers stage by stage: upwards at the start, downwards at the stop; within a stage all at once.
/// </summary>
internal sealed class SiloLifecycle : ISiloLifecycle
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var subscription = new Subscription(this, stage, observer);
        lock (_lock) _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var stage in Stages())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.WhenAll(stage.Select(
                    subscription => subscription.Observer.OnStart(cancellationToken).InTurns()));
                HighestCompletedStage = stage.Key;
            }
        }
        catch
        {
            // Why it did not start matters; what else goes wrong on the way back does not.
            await StopAsync(CancellationToken.None).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            throw;
        }
    }

    /// <summary>
    /// Leaves all stages that were reached, whatever their observers throw; then throws the first of it.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var stage in Stages().Where(stage => stage.Key <= HighestCompletedStage).Reverse())
        {
            try
            {
                await Task.WhenAll(stage.Select(
                    subscription => subscription.Observer.OnStop(cancellationToken).InTurns()));
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }

            LowestStoppedStage = stage.Key;
        }

        if (failures is [var first, ..]) throw new OrleansException("The silo did not stop cleanly.", first);
    }

    private List<IGrouping<int, Subscription>> Stages()
    {
        lock (_lock) return [.. _subscriptions.GroupBy(subscription => subscription.Stage).OrderBy(stage => stage.Key)];
    }

    private sealed class Subscription(SiloLifecycle lifecycle, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose()
        {
            lock (lifecycle._lock) lifecycle._subscriptions.Remove(this);
        }
    }
}
