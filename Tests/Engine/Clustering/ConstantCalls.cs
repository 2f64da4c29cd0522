using System.Collections.Concurrent;

namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>Calls every grain again and again, from outside and from grain to grain, until told to stop.</summary>
public sealed class ConstantCalls : IAsyncDisposable
{
    private const int Callers = 8;

    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _callers;
    private readonly int[] _rounds = new int[Callers];
    private volatile TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConstantCalls(SilosCluster silos, string[] keys) =>
        _callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(silos, keys, caller)))];

    /// <summary>Waits until every caller has called every grain once more from now on.</summary>
    public async Task RoundAsync()
    {
        var goal = _rounds.Select(rounds => rounds + 2).ToArray();
        while (!_rounds.Zip(goal).All(pair => pair.First >= pair.Second))
            await _progress.Task.WaitAsync(Probe.Patience);
    }

    /// <summary>What went wrong in all that time.</summary>
    public async Task<IReadOnlyCollection<Exception>> StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers).WaitAsync(Probe.Patience);
        return _failures;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task CallAsync(SilosCluster silos, string[] keys, int caller)
    {
        for (; !_stop.IsCancellationRequested; _rounds[caller]++)
        {
            foreach (var (from, to) in keys.Zip(keys.Skip(caller + 1)))
            {
                if (_stop.IsCancellationRequested) return;
                try
                {
                    await silos.Grain(from).AskAsync(to);
                }
                catch (Exception exception)
                {
                    _failures.Enqueue(exception);
                }
            }

            Interlocked.Exchange(ref _progress, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
