using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>The orders of each machine: columns of the orders by status, with an index of their own.</summary>
public sealed class SqliteMachineIndex(SqliteDatabase database) : IMachineIndex
{
    private static readonly SqlText ListSql = new(
        """
        SELECT order_id, started_ms FROM order_status
        WHERE device = ?1 AND (started_ms, order_id) < (?2, ?3)
        ORDER BY started_ms DESC, order_id DESC LIMIT ?4
        """);

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        string deviceUuid, StatusEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MaxValue);
        return ValueTask.FromResult(database.Read((deviceUuid, from, limit), ReadPage, cancellationToken));
    }

    private static IReadOnlyList<StatusEntry> ReadPage(
        SqliteSession session, (string DeviceUuid, StatusEntry From, int Limit) page) =>
        SqliteEntries.ReadAll(session[ListSql]
            .Bind(1, page.DeviceUuid)
            .Bind(2, UnixMilliseconds.Floor(page.From.At))
            .Bind(3, page.From.OrderId)
            .Bind(4, page.Limit));
}
