using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Support;

/// <summary>Writes the indexes in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryOrderIndexWriter(
    MemoryPendingPaymentIndex pending,
    MemoryPaymentReferenceIndex payments,
    MemoryOrderStatusIndex statuses,
    MemoryAttentionIndex attention,
    MemoryMachineIndex machines)
    : IOrderIndexWriter
{
    private readonly Lock _gate = new();

    public ValueTask<string> EnlistAsync(
        OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var holder = payments.Claim(origin.PaymentReferenceId, entry.OrderId);
            if (holder == entry.OrderId)
            {
                Put(entry);
                machines.Put(entry.OrderId, origin.DeviceUuid, origin.StartedAt);
            }

            return ValueTask.FromResult(holder);
        }
    }

    public ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            Put(entry);

        return ValueTask.CompletedTask;
    }

    public ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            pending.Schedule(orderId, dueAt);

        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            payments.Release(orderId);
            pending.Remove(orderId);
            statuses.Remove(orderId);
            attention.Remove(orderId);
            machines.Remove(orderId);
        }

        return ValueTask.CompletedTask;
    }

    private void Put(OrderIndexEntry entry)
    {
        statuses.Put(entry.OrderId, entry.Status, entry.StatusAt);
        if (entry.NeedsAttention)
            attention.Put(entry.OrderId, entry.StatusAt);
        else
            attention.Remove(entry.OrderId);

        if (entry.DueAt is { } dueAt)
            pending.Schedule(entry.OrderId, dueAt);
        else
            pending.Remove(entry.OrderId);
    }
}
