using System.Collections.Concurrent;
using Orleans.Placement;

namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>A grain that tells where it lives.</summary>
public interface IHomeGrain : IGrainWithStringKey
{
    /// <summary>The silo that this activation is on.</summary>
    Task<SiloAddress> WhereAsync();

    /// <summary>Where that grain lives, asked by this one.</summary>
    Task<SiloAddress> AskAsync(string other);

    /// <summary>Fails.</summary>
    /// <exception cref="InvalidOperationException">Always, with that message.</exception>
    Task FailAsync(string message);

    /// <summary>Waits until the token is cancelled; true if it was.</summary>
    Task<bool> WaitAsync(CancellationToken cancellationToken);
}

// As orders are placed; by default Orleans looks at the load of the silos, which on a busy machine differs.
[HashBasedPlacement]
public sealed class HomeGrain(ILocalSiloDetails silo) : Grain, IHomeGrain
{
    /// <summary>
    /// How many activations of each grain have said where they live and not ended, and the most that there ever were.
    /// One that is to end before it is active is not told of its end, but is never called either.
    /// </summary>
    public static readonly ConcurrentDictionary<string, (int Now, int Most)> Lives = new();

    /// <summary>Grains that wait for a cancellation.</summary>
    public static readonly ConcurrentDictionary<string, TaskCompletionSource> Waiting = new();

    private bool _isCounted;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_isCounted) Lives.AddOrUpdate(Key, (0, 1), static (_, lives) => (lives.Now - 1, lives.Most));
        return Task.CompletedTask;
    }

    public Task<SiloAddress> WhereAsync()
    {
        if (!_isCounted)
            Lives.AddOrUpdate(Key, (1, 1), static (_, lives) => (lives.Now + 1, Math.Max(lives.Most, lives.Now + 1)));
        _isCounted = true;
        return Task.FromResult(silo.SiloAddress);
    }

    public Task<SiloAddress> AskAsync(string other) => GrainFactory.GetGrain<IHomeGrain>(other).WhereAsync();

    public Task FailAsync(string message) => throw new InvalidOperationException(message);

    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        Waiting.GetOrAdd(Key, static _ => new TaskCompletionSource()).TrySetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What the test waits for.
        }

        return cancellationToken.IsCancellationRequested;
    }
}
