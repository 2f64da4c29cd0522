using CoffeePayment.Grains.Statistics;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Tells an outage from one bad order. An order's failures count once, so that a single order which always fails,
/// however often it is refreshed, is never taken for an outage of the provider.
/// </summary>
internal sealed class DistinctFailures(TimeProvider timeProvider, TimeSpan window, int ordersMin, double ratio)
{
    /// <summary>So many different orders failing within one window are an outage whatever the share.</summary>
    private const int OrdersMax = 65_536;
    private const int AnsweredSlices = 10;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _orders = new(StringComparer.Ordinal);
    private readonly Queue<(long At, string OrderId)> _failures = new();
    private readonly SlidingSlices<Counter> _answered = new(timeProvider, window, AnsweredSlices);

    /// <summary>Notes that the provider answered.</summary>
    public void Answered() => Interlocked.Increment(ref _answered.Current().Value);

    /// <summary>Notes that it failed an order, and says whether by now it fails everyone.</summary>
    public bool Failed(string orderId)
    {
        lock (_lock)
        {
            while (_failures.TryPeek(out var oldest) && timeProvider.GetElapsedTime(oldest.At) >= window)
                _orders.Remove(_failures.Dequeue().OrderId);

            if (_orders.Count >= OrdersMax) return true;

            if (_orders.Add(orderId)) _failures.Enqueue((timeProvider.GetTimestamp(), orderId));

            return _orders.Count >= ordersMin && _orders.Count >= ratio * (_orders.Count + AnsweredCount());
        }
    }

    /// <summary>Forgets the failures of an outage that is over, so that the next one is seen as fast.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _orders.Clear();
            _failures.Clear();
        }
    }

    private long AnsweredCount() => _answered.Live().Sum(slice => Volatile.Read(ref slice.Value));

    private sealed class Counter
    {
        public long Value;
    }
}
