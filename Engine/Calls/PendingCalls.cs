using System.Numerics;

namespace CoffeePayment.Engine.Calls;

/// <summary>
/// The requests a caller waits for. All have the same timeout, so in order of sending they are in order of deadline,
/// and looking for late ones means looking at the oldest. Time is counted in sweeps: a call reads no clock.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private const int SweepsPerTimeout = 20;

    private readonly Stripe[] _stripes =
        new Stripe[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 2)];
    private readonly ITimer? _timer;
    private long _sweeps;

    public PendingCalls(TimeSpan timeout, TimeProvider timeProvider)
    {
        for (var i = 0; i < _stripes.Length; i++) _stripes[i] = new Stripe();
        if (timeout == Timeout.InfiniteTimeSpan) return;

        var period = timeout / SweepsPerTimeout;
        _timer = timeProvider.CreateTimer(static self => ((PendingCalls)self!).Sweep(), this, period, period);
    }

    public void Add(Request request)
    {
        var stripe = StripeOf(request);
        lock (stripe)
        {
            // One more than the timeout has, since the current one has partly passed.
            request.Deadline = _sweeps + SweepsPerTimeout + 1;
            request.Previous = stripe.Newest;
            if (stripe.Newest is null) stripe.Oldest = request;
            else stripe.Newest.Next = request;
            stripe.Newest = request;
        }
    }

    /// <summary>Does nothing if it is not there.</summary>
    public void Remove(Request request)
    {
        if (request.Deadline == 0) return;
        var stripe = StripeOf(request);
        lock (stripe)
        {
            if (request.Next is null) stripe.Newest = request.Previous;
            else request.Next.Previous = request.Previous;
            if (request.Previous is null) stripe.Oldest = request.Next;
            else request.Previous.Next = request.Next;
            request.Next = request.Previous = null;
            request.Deadline = 0;
        }
    }

    /// <summary>Nobody will answer any more.</summary>
    public void FailAll(Exception exception)
    {
        foreach (var request in Collect(static (_, _) => true))
        {
            request.SetFailure(exception);
            request.Complete();
        }
    }

    public void Dispose() => _timer?.Dispose();

    // Requests of one grain meet in one stripe; those of many grains, and so of many threads, rarely.
    private Stripe StripeOf(Request request) =>
        _stripes[(uint)request.Target.GetHashCode() & (uint)(_stripes.Length - 1)];

    private void Sweep()
    {
        Interlocked.Increment(ref _sweeps);
        foreach (var request in Collect(static (request, now) => request.Deadline <= now)) request.TimeOut();
    }

    // The oldest of each stripe, up to the first that does not match.
    private List<Request> Collect(Func<Request, long, bool> matches)
    {
        var found = new List<Request>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                var request = stripe.Oldest;
                for (; request is not null && matches(request, _sweeps); request = request.Next) found.Add(request);
            }
        }

        return found;
    }

    private sealed class Stripe
    {
        public Request? Oldest, Newest;
    }
}
