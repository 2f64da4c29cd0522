using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>What writes the indexes, as one silo sees it.</summary>
internal class SiloIndexWriter(Backend backend, Lane silo, Facts facts) : IOrderIndexWriter
{
    public bool KeepsPendingWithState => facts.Plan.KeepsPendingWithState;

    public virtual ValueTask<string> EnlistAsync(
        OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Indexes.EnlistAsync(origin, entry, default))));

    public virtual ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Indexes.PutAsync(entry, default))));

    public ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Indexes.ScheduleAsync(orderId, dueAt, default))));

    public ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Indexes.ForgetAsync(orderId, default))));
}

/// <summary>The due index as one silo sees it.</summary>
internal class SiloPendingIndex(Backend backend, Lane silo, Facts facts, LaneTime clock) : IPendingPaymentIndex
{
    protected Facts Facts => facts;

    public virtual async ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        var overdue = await backend.CallAsync(
            silo, () => Done.Now(facts.Pending.ReadOverdueAsync(dueBefore, after, limit, default)));
        facts.Tell(checker => checker.Swept(overdue, clock.GetUtcNow()));
        return overdue;
    }

    public ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
        DateTimeOffset dueFrom,
        DateTimeOffset dueBefore,
        DueEntry? after,
        int limit,
        CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(
            silo, () => Done.Now(facts.Pending.ReadSoonestAsync(dueFrom, dueBefore, after, limit, default))));

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Pending.CountAsync(default))));
}

/// <summary>The payments as one silo sees them.</summary>
internal sealed class SiloPaymentIndex(Backend backend, Lane silo, Facts facts) : IPaymentReferenceIndex
{
    public ValueTask<string?> FindAsync(string paymentReferenceId, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Payments.FindAsync(paymentReferenceId, default))));
}

/// <summary>The orders by status as one silo sees them.</summary>
internal sealed class SiloStatusIndex(Backend backend, Lane silo, Facts facts) : IOrderStatusIndex
{
    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Statuses.ListAsync(status, after, limit, default))));

    public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(
            silo, () => Done.Now(facts.Statuses.ReadOlderThanAsync(status, before, after, limit, default))));

    public ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(
        CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Statuses.CountAsync(default))));
}

/// <summary>The attention list as one silo sees it.</summary>
internal sealed class SiloAttentionIndex(Backend backend, Lane silo, Facts facts) : IAttentionIndex
{
    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Attention.ListAsync(after, limit, default))));

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Attention.CountAsync(default))));
}

/// <summary>The orders of each machine as one silo sees them.</summary>
internal sealed class SiloMachineIndex(Backend backend, Lane silo, Facts facts) : IMachineIndex
{
    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        string deviceUuid, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        new(backend.CallAsync(silo, () => Done.Now(facts.Machines.ListAsync(deviceUuid, after, limit, default))));
}

/// <summary>What the indexes in memory have done when they return.</summary>
internal static class Done
{
    public static bool Now(ValueTask task) => task.AsTask().IsCompletedSuccessfully;

    public static T Now<T>(ValueTask<T> task) => task.AsTask().Result;
}
