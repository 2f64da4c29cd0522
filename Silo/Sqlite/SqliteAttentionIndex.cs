using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>The orders that wait for a person: an index that holds no others.</summary>
public sealed class SqliteAttentionIndex(SqliteDatabase database) : IAttentionIndex
{
    private static readonly SqlText ListSql = new(
        """
        SELECT order_id, at_ms FROM order_status
        WHERE needs_attention = 1 AND (at_ms, order_id) < (?1, ?2)
        ORDER BY at_ms DESC, order_id DESC LIMIT ?3
        """);

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        StatusEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MaxValue);
        return ValueTask.FromResult(database.Read((from, limit), ReadPage, cancellationToken));
    }

    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(database.Counts.Attention);

    private static IReadOnlyList<StatusEntry> ReadPage(SqliteSession session, (StatusEntry From, int Limit) page) =>
        SqliteEntries.ReadAll(session[ListSql]
            .Bind(1, UnixMilliseconds.Floor(page.From.At)).Bind(2, page.From.OrderId).Bind(3, page.Limit));
}
