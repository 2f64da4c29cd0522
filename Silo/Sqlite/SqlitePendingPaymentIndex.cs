using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>The due index: a table, and an index on it by due time that alone answers the sweeper.</summary>
public sealed class SqlitePendingPaymentIndex(SqliteDatabase database) : IPendingPaymentIndex
{
    private static readonly SqlText ReadSql = new(
        """
        SELECT order_id, due_ms FROM pending WHERE (due_ms, order_id) < (?1, ?2)
        ORDER BY due_ms DESC, order_id DESC LIMIT ?3
        """);

    public async ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(
            new Schedule(database.Counts, orderId, UnixMilliseconds.Floor(dueAt)), cancellationToken);

    public async ValueTask RemoveAsync(string orderId, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Remove(database.Counts, orderId), cancellationToken);

    public ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

        // No id is empty, so this is below all entries that are due at that millisecond.
        var bound = (DueMs: UnixMilliseconds.Ceiling(dueBefore), OrderId: "");
        if (after is { } last && UnixMilliseconds.Floor(last.DueAt) < bound.DueMs)
            bound = (UnixMilliseconds.Floor(last.DueAt), last.OrderId);

        return ValueTask.FromResult(database.Read((bound.DueMs, bound.OrderId, limit), ReadBelow, cancellationToken));
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(database.Counts.Pending);

    private static IReadOnlyList<DueEntry> ReadBelow(
        SqliteSession session, (long DueMs, string OrderId, int Limit) page)
    {
        using var rows = session[ReadSql].Bind(1, page.DueMs).Bind(2, page.OrderId).Bind(3, page.Limit).Query();
        var entries = new List<DueEntry>();
        while (rows.Step())
            entries.Add(new DueEntry(rows.Text(0), UnixMilliseconds.ToTime(rows.Int64(1))));

        return entries;
    }

    private sealed class Schedule(SqliteCounts counts, string orderId, long dueMs) : SqliteWrite<bool>
    {
        private static readonly SqlText MoveSql = new("UPDATE pending SET due_ms = ?2 WHERE order_id = ?1");
        private static readonly SqlText AddSql = new("INSERT INTO pending (order_id, due_ms) VALUES (?1, ?2)");

        // Whether it was added; most are moves.
        protected override bool Run(SqliteSession session)
        {
            session[MoveSql].Bind(1, orderId).Bind(2, dueMs).Execute();
            if (session.Changes == 1)
                return false;

            session[AddSql].Bind(1, orderId).Bind(2, dueMs).Execute();
            return true;
        }

        protected override void OnCommitted(bool wasAdded) => counts.AddPending(wasAdded ? 1 : 0);
    }

    private sealed class Remove(SqliteCounts counts, string orderId) : SqliteWrite<bool>
    {
        private static readonly SqlText RemoveSql = new("DELETE FROM pending WHERE order_id = ?1");

        // Whether it was there.
        protected override bool Run(SqliteSession session)
        {
            session[RemoveSql].Bind(1, orderId).Execute();
            return session.Changes == 1;
        }

        protected override void OnCommitted(bool wasThere) => counts.AddPending(wasThere ? -1 : 0);
    }
}
