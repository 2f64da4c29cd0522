using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Orders by status: a table, and an index on it by status and time that alone answers the lists.</summary>
public sealed class SqliteOrderStatusIndex(SqliteDatabase database) : IOrderStatusIndex
{
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

        return SqliteEntries.ReadAll(statement);
    }

    private readonly record struct Page(SqlText Sql, OrderStatus Status, StatusEntry From, long? BeforeMs, int Limit);
}
