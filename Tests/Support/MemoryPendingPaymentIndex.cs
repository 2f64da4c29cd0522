using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Tests.Support;

/// <summary>The due index in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryPendingPaymentIndex : IPendingPaymentIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _dueOf = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Due, string Id)> _byDue = new(TimeThenId.Comparer);

    public void Schedule(string orderId, DateTimeOffset dueAt)
    {
        lock (_gate)
        {
            Remove(orderId);
            var due = UnixMilliseconds.Floor(dueAt);
            _dueOf[orderId] = due;
            _byDue.Add((due, orderId));
        }
    }

    public void Remove(string orderId)
    {
        lock (_gate)
        {
            if (_dueOf.Remove(orderId, out var due))
                _byDue.Remove((due, orderId));
        }
    }

    public ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var bound = (UnixMilliseconds.Ceiling(dueBefore), "");
        if (after is { } last)
            bound = TimeThenId.Lower(bound, (UnixMilliseconds.Floor(last.DueAt), last.OrderId));

        lock (_gate)
        {
            IReadOnlyList<DueEntry> page = _byDue
                .Below(bound)
                .Take(limit)
                .Select(entry => new DueEntry(entry.Id, UnixMilliseconds.ToTime(entry.Time)))
                .ToList();
            return ValueTask.FromResult(page);
        }
    }

    public ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
        DateTimeOffset dueFrom,
        DateTimeOffset dueBefore,
        DueEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var end = UnixMilliseconds.Ceiling(dueBefore);
        var bound = (UnixMilliseconds.Ceiling(dueFrom), "");
        if (after is { } last)
            bound = TimeThenId.Higher(bound, (UnixMilliseconds.Floor(last.DueAt), last.OrderId));

        lock (_gate)
        {
            IReadOnlyList<DueEntry> page = _byDue
                .Above(bound)
                .TakeWhile(entry => entry.Time < end)
                .Take(limit)
                .Select(entry => new DueEntry(entry.Id, UnixMilliseconds.ToTime(entry.Time)))
                .ToList();
            return ValueTask.FromResult(page);
        }
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult((long)_dueOf.Count);
    }

    /// <summary>When the order is due; null if it is not in the index.</summary>
    public DateTimeOffset? DueOf(string orderId)
    {
        lock (_gate)
            return _dueOf.TryGetValue(orderId, out var due) ? UnixMilliseconds.ToTime(due) : null;
    }
}
