using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Support;

/// <summary>Orders by status in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryOrderStatusIndex : IOrderStatusIndex
{
    private readonly MemoryEntries<OrderStatus> _entries = new();

    public void Put(string orderId, OrderStatus status, DateTimeOffset at) => _entries.Put(orderId, status, at);

    public void Remove(string orderId) => _entries.Remove(orderId);

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        _entries.ListAsync(status, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default) =>
        _entries.ReadOlderThanAsync(status, before, after, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyDictionary<OrderStatus, long> counts =
            _entries.Counts().ToDictionary(count => count.Key, count => count.Count);
        return ValueTask.FromResult(counts);
    }
}
