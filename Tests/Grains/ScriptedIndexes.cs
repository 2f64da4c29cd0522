using System.Collections.Concurrent;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Grains;

/// <summary>The due index in memory, failing when a test says so.</summary>
public sealed class ScriptedPendingIndex(MemoryPendingPaymentIndex index) : IPendingPaymentIndex
{
    private TaskCompletionSource? _counted;
    private int _counts;

    public bool IsDown { get; set; }

    public DateTimeOffset? DueOf(string orderId) => index.DueOf(orderId);

    public ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        return index.ReadOverdueAsync(dueBefore, after, limit, cancellationToken);
    }

    public ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
        DateTimeOffset dueFrom,
        DateTimeOffset dueBefore,
        DueEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        return index.ReadSoonestAsync(dueFrom, dueBefore, after, limit, cancellationToken);
    }

    /// <summary>How often somebody counted, which each sweep does once.</summary>
    public int Counts => Volatile.Read(ref _counts);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _counts);
        Interlocked.Exchange(ref _counted, null)?.SetResult();
        return index.CountAsync(cancellationToken);
    }

    /// <summary>Completes when somebody counts the next time.</summary>
    public Task WhenCountedAsync()
    {
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _counted = counted;
        return counted.Task;
    }

    public void ThrowIfDown()
    {
        if (IsDown) throw new IOException("The indexes are down.");
    }
}

/// <summary>Writes the indexes in memory, notes it, and fails while the due index does.</summary>
public sealed class ScriptedIndexWriter(
    IOrderIndexWriter writer, ScriptedPendingIndex pending, ConcurrentQueue<string> journal) : IOrderIndexWriter
{
    private readonly Gate _enlistings = new();

    /// <summary>
    /// Whether the storage of states is to be taken for one that keeps the indexes of pending orders.
    /// </summary>
    public bool KeepsPendingWithState { get; set; }

    /// <summary>The next enlisting waits; tells when it does, and what lets it go on.</summary>
    public (Task Reached, Action Release) HoldNextEnlisting() => _enlistings.HoldNext();

    public async ValueTask<string> EnlistAsync(
        OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default)
    {
        await _enlistings.PassAsync();
        pending.ThrowIfDown();
        var holder = await writer.EnlistAsync(origin, entry, cancellationToken);
        if (holder == entry.OrderId) Note(entry);
        return holder;
    }

    public ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default)
    {
        pending.ThrowIfDown();
        Note(entry);
        return writer.PutAsync(entry, cancellationToken);
    }

    public ValueTask ScheduleAsync(string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        pending.ThrowIfDown();
        journal.Enqueue($"due {orderId}");
        return writer.ScheduleAsync(orderId, dueAt, cancellationToken);
    }

    public ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default)
    {
        pending.ThrowIfDown();
        journal.Enqueue($"forget {orderId}");
        return writer.ForgetAsync(orderId, cancellationToken);
    }

    private void Note(OrderIndexEntry entry) => journal.Enqueue(
        $"list {entry.OrderId} {WireNames.Of(entry.Status)}, {(entry.DueAt is null ? "not due" : "due")}");
}
