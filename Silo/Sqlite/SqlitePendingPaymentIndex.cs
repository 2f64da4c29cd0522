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
}
