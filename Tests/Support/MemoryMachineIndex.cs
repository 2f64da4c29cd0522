using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Support;

/// <summary>The orders of each machine in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryMachineIndex : IMachineIndex
{
    private readonly MemoryEntries<string> _entries = new();

    public void Put(string orderId, string deviceUuid, DateTimeOffset at) => _entries.Put(orderId, deviceUuid, at);

    public void Remove(string orderId) => _entries.Remove(orderId);

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        string deviceUuid, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        _entries.ListAsync(deviceUuid, after, limit, cancellationToken);
}
