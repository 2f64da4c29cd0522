using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>The due index: a table, and an index on it by due time that alone answers the sweeper.</summary>
public sealed class SqlitePendingPaymentIndex(SqliteDatabase database) : IPendingPaymentIndex
{
    private static readonly SqlText OverdueSql = new(
        """
        SELECT order_id, due_ms FROM pending WHERE (due_ms, order_id) < (?1, ?2)
        ORDER BY due_ms DESC, order_id DESC LIMIT ?3
        """);

    private static readonly SqlText SoonestSql = new(
        """
        SELECT order_id, due_ms FROM pending WHERE (due_ms, order_id) > (?1, ?2) AND due_ms < ?4
        ORDER BY due_ms, order_id LIMIT ?3
        """);

    public ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var page = new Page(OverdueSql, DueBounds.Below(dueBefore, after), BeforeMs: null, limit);
        return ValueTask.FromResult(database.Read(page, ReadPage, cancellationToken));
    }

    public ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
        DateTimeOffset dueFrom,
        DateTimeOffset dueBefore,
        DueEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var bound = DueBounds.Above(dueFrom, after);
        var page = new Page(SoonestSql, bound, UnixMilliseconds.Ceiling(dueBefore), limit);
        return ValueTask.FromResult(database.Read(page, ReadPage, cancellationToken));
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(database.Counts.Pending);

    private static IReadOnlyList<DueEntry> ReadPage(SqliteSession session, Page page)
    {
        var statement = session[page.Sql].Bind(1, page.Bound.DueMs).Bind(2, page.Bound.OrderId).Bind(3, page.Limit);
        if (page.BeforeMs is { } beforeMs)
            statement.Bind(4, beforeMs);

        using var rows = statement.Query();
        var entries = new List<DueEntry>();
        while (rows.Step())
            entries.Add(new DueEntry(rows.Text(0), UnixMilliseconds.ToTime(rows.Int64(1))));

        return entries;
    }

    private readonly record struct Page(SqlText Sql, (long DueMs, string OrderId) Bound, long? BeforeMs, int Limit);
}
