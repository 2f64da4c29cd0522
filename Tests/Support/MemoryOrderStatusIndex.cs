using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Tests.Support;

/// <summary>Orders by status in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryOrderStatusIndex : IOrderStatusIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (OrderStatus Status, long At)> _placeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<OrderStatus, SortedSet<(long Time, string Id)>> _byStatus = [];

    public void Put(string orderId, OrderStatus status, DateTimeOffset at)
    {
        lock (_gate)
        {
            Remove(orderId);
            var time = UnixMilliseconds.Floor(at);
            _placeOf[orderId] = (status, time);
            In(status).Add((time, orderId));
        }
    }

    public void Remove(string orderId)
    {
        lock (_gate)
        {
            if (_placeOf.Remove(orderId, out var place))
                In(place.Status).Remove((place.At, orderId));
        }
    }

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var bound = after is { } last ? (UnixMilliseconds.Floor(last.At), last.OrderId) : (long.MaxValue, "");
        lock (_gate)
            return ValueTask.FromResult(ToPage(In(status).Below(bound), limit));
    }

    public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var end = UnixMilliseconds.Ceiling(before);
        var bound = after is { } last ? (UnixMilliseconds.Floor(last.At), last.OrderId) : (long.MinValue, "");
        lock (_gate)
            return ValueTask.FromResult(
                ToPage(In(status).Above(bound).TakeWhile(entry => entry.Time < end), limit));
    }

    public ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            IReadOnlyDictionary<OrderStatus, long> counts = _byStatus
                .Where(pair => pair.Value.Count > 0)
                .ToDictionary(pair => pair.Key, pair => (long)pair.Value.Count);
            return ValueTask.FromResult(counts);
        }
    }

    private static IReadOnlyList<StatusEntry> ToPage(IEnumerable<(long Time, string Id)> entries, int limit) =>
        [.. entries.Take(limit).Select(entry => new StatusEntry(entry.Id, UnixMilliseconds.ToTime(entry.Time)))];

    private SortedSet<(long Time, string Id)> In(OrderStatus status)
    {
        if (!_byStatus.TryGetValue(status, out var set))
            _byStatus[status] = set = new SortedSet<(long Time, string Id)>(TimeThenId.Comparer);

        return set;
    }
}
