using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Support;

/// <summary>The attention list in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryAttentionIndex : IAttentionIndex
{
    private readonly MemoryEntries<bool> _entries = new();

    public void Put(string orderId, DateTimeOffset at) => _entries.Put(orderId, key: true, at);

    public void Remove(string orderId) => _entries.Remove(orderId);

    public bool Contains(string orderId) => _entries.Contains(orderId);

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        _entries.ListAsync(key: true, after, limit, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_entries.Counts().Sum(count => count.Count));
}
