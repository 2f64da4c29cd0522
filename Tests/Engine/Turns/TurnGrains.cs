using Orleans.Concurrency;

namespace CoffeePayment.Tests.Engine;

/// <summary>Calls that report when they start and end, and in between wait at the gate that the test names.</summary>
[Alias("conformance.ITurnGrain")]
public interface ITurnGrain : IGrainWithStringKey
{
    [Alias("Work")]
    Task WorkAsync(string name, string? gate);

    [AlwaysInterleave]
    [Alias("Interleave")]
    Task InterleaveAsync(string name, string? gate);

    [ReadOnly]
    [Alias("Read")]
    Task ReadAsync(string name, string? gate);
}

[Alias("conformance.IReentrantGrain")]
public interface IReentrantGrain : IGrainWithStringKey
{
    [Alias("Work")]
    Task WorkAsync(string name, string? gate);

    /// <summary>Counts in ten steps with awaits between them; gives the highest number of steps at once.</summary>
    [Alias("Count")]
    Task<int> CountAsync();

    [Alias("GetCount")]
    Task<int> GetCountAsync();
}

public sealed class TurnGrain(Probe probe) : Grain, ITurnGrain
{
    public Task WorkAsync(string name, string? gate) => Steps.RunAsync(probe, this.GetPrimaryKeyString(), name, gate);

    public Task InterleaveAsync(string name, string? gate) =>
        Steps.RunAsync(probe, this.GetPrimaryKeyString(), name, gate);

    public Task ReadAsync(string name, string? gate) => Steps.RunAsync(probe, this.GetPrimaryKeyString(), name, gate);
}

[Reentrant]
public sealed class ReentrantGrain(Probe probe) : Grain, IReentrantGrain
{
    private int _count;
    private int _running;
    private int _mostRunning;

    public Task WorkAsync(string name, string? gate) => Steps.RunAsync(probe, this.GetPrimaryKeyString(), name, gate);

    public async Task<int> CountAsync()
    {
        for (var step = 0; step < 10; step++)
        {
            // An unguarded read, spin and write: with two threads at it, some of them would be lost.
            _mostRunning = Math.Max(_mostRunning, Interlocked.Increment(ref _running));
            var count = _count;
            Thread.SpinWait(20);
            _count = count + 1;
            Interlocked.Decrement(ref _running);
            await Task.Yield();
        }

        return _mostRunning;
    }

    public Task<int> GetCountAsync() => Task.FromResult(_count);
}

internal static class Steps
{
    public static async Task RunAsync(Probe probe, string key, string name, string? gate)
    {
        probe.Report(key, name + " starts");
        if (gate is not null)
            await probe.PassAsync(gate);
        probe.Report(key, name + " ends");
    }
}
