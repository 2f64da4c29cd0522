using System.Collections.Concurrent;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Grains;

/// <summary>The due index in memory, noting what is written to it, and failing when a test says so.</summary>
public sealed class ScriptedPendingIndex(ConcurrentQueue<string> journal) : IPendingPaymentIndex
{
    private readonly MemoryPendingPaymentIndex _index = new();
    private TaskCompletionSource? _counted;

    public bool IsDown { get; set; }

    public DateTimeOffset? DueOf(string orderId) => _index.DueOf(orderId);

    public ValueTask ScheduleAsync(string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        journal.Enqueue($"due {orderId}");
        return _index.ScheduleAsync(orderId, dueAt, cancellationToken);
    }

    public ValueTask RemoveAsync(string orderId, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        journal.Enqueue($"undue {orderId}");
        return _index.RemoveAsync(orderId, cancellationToken);
    }

    public ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        return _index.ReadOverdueAsync(dueBefore, after, limit, cancellationToken);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Exchange(ref _counted, null)?.SetResult();
        return _index.CountAsync(cancellationToken);
    }

    /// <summary>Completes when somebody counts the next time.</summary>
    public Task WhenCountedAsync()
    {
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _counted = counted;
        return counted.Task;
    }

    private void ThrowIfDown()
    {
        if (IsDown) throw new IOException("The due index is down.");
    }
}

/// <summary>The status index in memory, noting what is written to it.</summary>
public sealed class ScriptedStatusIndex(ConcurrentQueue<string> journal) : IOrderStatusIndex
{
    private readonly MemoryOrderStatusIndex _index = new();

    public ValueTask PutAsync(
        string orderId, OrderStatus status, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        journal.Enqueue($"list {orderId} {WireNames.Of(status)}");
        return _index.PutAsync(orderId, status, at, cancellationToken);
    }

    public ValueTask RemoveAsync(string orderId, CancellationToken cancellationToken = default)
    {
        journal.Enqueue($"unlist {orderId}");
        return _index.RemoveAsync(orderId, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        _index.ListAsync(status, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default) =>
        _index.ReadOlderThanAsync(status, before, after, limit, cancellationToken);

    public ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(
        CancellationToken cancellationToken = default) => _index.CountAsync(cancellationToken);
}
