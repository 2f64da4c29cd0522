using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Orders by status: a table, and an index on it by status and time that alone answers the lists.</summary>
public sealed class SqliteOrderStatusIndex(SqliteDatabase database) : IOrderStatusIndex
{
    private static readonly SqlText CurrentSql = new("SELECT status FROM order_status WHERE order_id = ?1");

    private static readonly SqlText ListSql = new(
        """
        SELECT order_id, at_ms FROM order_status
        WHERE status = ?1 AND (at_ms, order_id) < (?2, ?3)
        ORDER BY at_ms DESC, order_id DESC LIMIT ?4
        """);

    private static readonly SqlText OldestSql = new(
        """
        SELECT order_id, at_ms FROM order_status
        WHERE status = ?1 AND (at_ms, order_id) > (?2, ?3) AND at_ms < ?5
        ORDER BY at_ms, order_id LIMIT ?4
        """);

    public async ValueTask PutAsync(
        string orderId, OrderStatus status, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(
            new Put(database.Counts, orderId, status, UnixMilliseconds.Floor(at)), cancellationToken);

    public async ValueTask RemoveAsync(string orderId, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Remove(database.Counts, orderId), cancellationToken);

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MaxValue);
        var page = new Page(ListSql, status, from, BeforeMs: null, limit);
        return ValueTask.FromResult(database.Read(page, ReadPage, cancellationToken));
    }

    public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MinValue);
        var page = new Page(OldestSql, status, from, UnixMilliseconds.Ceiling(before), limit);
        return ValueTask.FromResult(database.Read(page, ReadPage, cancellationToken));
    }

    public ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<OrderStatus, long> counts = Enum.GetValues<OrderStatus>()
            .Select(status => (Status: status, Count: database.Counts.InStatus(status)))
            .Where(pair => pair.Count > 0)
            .ToDictionary(pair => pair.Status, pair => pair.Count);
        return ValueTask.FromResult(counts);
    }

    private static IReadOnlyList<StatusEntry> ReadPage(SqliteSession session, Page page)
    {
        var statement = session[page.Sql]
            .Bind(1, OrderStatusNames.Of(page.Status))
            .Bind(2, UnixMilliseconds.Floor(page.From.At))
            .Bind(3, page.From.OrderId)
            .Bind(4, page.Limit);
        if (page.BeforeMs is { } beforeMs)
            statement.Bind(5, beforeMs);

        using var rows = statement.Query();
        var entries = new List<StatusEntry>();
        while (rows.Step())
            entries.Add(new StatusEntry(rows.Text(0), UnixMilliseconds.ToTime(rows.Int64(1))));

        return entries;
    }

    private static OrderStatus? StatusOf(SqliteSession session, string orderId)
    {
        using var rows = session[CurrentSql].Bind(1, orderId).Query();
        return rows.Step() ? OrderStatusNames.Parse(rows.Text(0)) : null;
    }

    private readonly record struct Page(SqlText Sql, OrderStatus Status, StatusEntry From, long? BeforeMs, int Limit);

    private sealed class Put(SqliteCounts counts, string orderId, OrderStatus status, long atMs)
        : SqliteWrite<OrderStatus?>
    {
        private static readonly SqlText MoveSql = new(
            "UPDATE order_status SET status = ?2, at_ms = ?3 WHERE order_id = ?1");

        private static readonly SqlText AddSql = new(
            "INSERT INTO order_status (order_id, status, at_ms) VALUES (?1, ?2, ?3)");

        // The status it was in before; null if it was in none.
        protected override OrderStatus? Run(SqliteSession session)
        {
            var before = StatusOf(session, orderId);
            session[before is null ? AddSql : MoveSql]
                .Bind(1, orderId).Bind(2, OrderStatusNames.Of(status)).Bind(3, atMs).Execute();
            return before;
        }

        protected override void OnCommitted(OrderStatus? before)
        {
            if (before is { } left)
                counts.AddStatus(left, -1);

            counts.AddStatus(status, 1);
        }
    }

    private sealed class Remove(SqliteCounts counts, string orderId) : SqliteWrite<OrderStatus?>
    {
        private static readonly SqlText RemoveSql = new("DELETE FROM order_status WHERE order_id = ?1");

        // The status it was in; null if it was in none.
        protected override OrderStatus? Run(SqliteSession session)
        {
            var before = StatusOf(session, orderId);
            if (before is not null)
                session[RemoveSql].Bind(1, orderId).Execute();

            return before;
        }

        protected override void OnCommitted(OrderStatus? before)
        {
            if (before is { } left)
                counts.AddStatus(left, -1);
        }
    }
}
