using System.Threading.RateLimiting;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// How many requests of one merchant may be under way. Those that come together, as after a pause of the collector,
/// wait a moment for their turn: a check that is put off instead is written, and late by up to an interval.
/// </summary>
internal sealed class RequestSlots(int max, TimeProvider timeProvider) : IDisposable
{
    /// <summary>
    /// How long a request waits for its turn. Enough for all slots to be used several times over where the provider
    /// answers; where it hangs, short beside the timeout, and so beside the sweeper's grace.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = max,

        // No more wait than there are orders, and each for a moment.
        QueueLimit = int.MaxValue,
    });

    /// <summary>How many are taken.</summary>
    public int Taken => max - (int)_limiter.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Takes a slot, in the order of asking; it is given back by disposing what is returned.</summary>
    /// <returns>Null if none came free in time.</returns>
    public ValueTask<RateLimitLease?> TakeAsync(CancellationToken cancellationToken)
    {
        var slot = _limiter.AttemptAcquire();
        if (slot.IsAcquired) return ValueTask.FromResult<RateLimitLease?>(slot);

        slot.Dispose();
        return WaitAsync(cancellationToken);
    }

    public void Dispose() => _limiter.Dispose();

    private async ValueTask<RateLimitLease?> WaitAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _limiter.AcquireAsync(cancellationToken: either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
