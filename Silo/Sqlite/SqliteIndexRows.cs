using CoffeePayment.Orders;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// Changes rows of the indexes, inside the writer's transaction. What most writes do comes first: an order that is
/// there is moved.
/// </summary>
internal static class SqliteIndexRows
{
    private static readonly SqlText MoveDueSql = new("UPDATE pending SET due_ms = ?2 WHERE order_id = ?1");
    private static readonly SqlText AddDueSql = new("INSERT INTO pending (order_id, due_ms) VALUES (?1, ?2)");
    private static readonly SqlText RemoveDueSql = new("DELETE FROM pending WHERE order_id = ?1");

    private static readonly SqlText StatusSql = new("SELECT status FROM order_status WHERE order_id = ?1");
    private static readonly SqlText RemoveStatusSql = new("DELETE FROM order_status WHERE order_id = ?1");

    private static readonly SqlText MoveStatusSql = new(
        "UPDATE order_status SET status = ?2, at_ms = ?3 WHERE order_id = ?1");

    private static readonly SqlText AddStatusSql = new(
        "INSERT INTO order_status (order_id, status, at_ms) VALUES (?1, ?2, ?3)");

    private static readonly SqlText ClaimSql = new(
        "INSERT INTO payment_reference (reference, order_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

    private static readonly SqlText HolderSql = new("SELECT order_id FROM payment_reference WHERE reference = ?1");
    private static readonly SqlText ReleaseSql = new("DELETE FROM payment_reference WHERE order_id = ?1");

    /// <summary>Adds the order to the due index, moves it, or, without a time, removes it.</summary>
    /// <returns>How many more there are.</returns>
    public static int SetDue(SqliteSession session, string orderId, DateTimeOffset? dueAt)
    {
        if (dueAt is not { } at)
        {
            session[RemoveDueSql].Bind(1, orderId).Execute();
            return -session.Changes;
        }

        var dueMs = UnixMilliseconds.Floor(at);
        session[MoveDueSql].Bind(1, orderId).Bind(2, dueMs).Execute();
        if (session.Changes == 1)
            return 0;

        session[AddDueSql].Bind(1, orderId).Bind(2, dueMs).Execute();
        return 1;
    }

    /// <summary>Puts the order under the status.</summary>
    /// <returns>The status that it was in before; null if none.</returns>
    public static OrderStatus? SetStatus(SqliteSession session, string orderId, OrderStatus status, DateTimeOffset at)
    {
        var before = StatusOf(session, orderId);
        session[before is null ? AddStatusSql : MoveStatusSql]
            .Bind(1, orderId).Bind(2, OrderStatusNames.Of(status)).Bind(3, UnixMilliseconds.Floor(at)).Execute();
        return before;
    }

    /// <summary>Removes the order from its status.</summary>
    /// <returns>The status that it was in; null if none.</returns>
    public static OrderStatus? RemoveStatus(SqliteSession session, string orderId)
    {
        var before = StatusOf(session, orderId);
        if (before is not null)
            session[RemoveStatusSql].Bind(1, orderId).Execute();

        return before;
    }

    /// <summary>Gives the payment to the order unless another one has it.</summary>
    /// <returns>The order that has it now.</returns>
    public static string Claim(SqliteSession session, string reference, string orderId)
    {
        session[ClaimSql].Bind(1, reference).Bind(2, orderId).Execute();
        return session.Changes == 1 ? orderId : HolderOf(session, reference)!;
    }

    /// <summary>The order that has the payment; null if none.</summary>
    public static string? HolderOf(SqliteSession session, string reference)
    {
        using var rows = session[HolderSql].Bind(1, reference).Query();
        return rows.Step() ? rows.Text(0) : null;
    }

    /// <summary>Takes all payments away from the order.</summary>
    public static void Release(SqliteSession session, string orderId) =>
        session[ReleaseSql].Bind(1, orderId).Execute();

    private static OrderStatus? StatusOf(SqliteSession session, string orderId)
    {
        using var rows = session[StatusSql].Bind(1, orderId).Query();
        return rows.Step() ? OrderStatusNames.Parse(rows.Text(0)) : null;
    }
}
