using CoffeePayment.Orders;
using CoffeePayment.Ports;
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

    private static readonly SqlText StatusSql = new(
        "SELECT status, needs_attention FROM order_status WHERE order_id = ?1");

    private static readonly SqlText RemoveStatusSql = new("DELETE FROM order_status WHERE order_id = ?1");

    private static readonly SqlText MoveStatusSql = new(
        "UPDATE order_status SET status = ?2, at_ms = ?3, needs_attention = ?4 WHERE order_id = ?1");

    private static readonly SqlText AddStatusSql = new(
        "INSERT INTO order_status (order_id, status, at_ms, needs_attention) VALUES (?1, ?2, ?3, ?4)");

    private static readonly SqlText AddOriginSql = new(
        """
        INSERT INTO order_status (order_id, status, at_ms, needs_attention, device, started_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """);

    private static readonly SqlText MoveOriginSql = new(
        """
        UPDATE order_status SET status = ?2, at_ms = ?3, needs_attention = ?4, device = ?5, started_ms = ?6
        WHERE order_id = ?1
        """);

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

    /// <summary>Puts the order under its status, and on the attention list or off it.</summary>
    /// <returns>Where it was before; null if nowhere.</returns>
    public static OrderPlace? SetPlace(SqliteSession session, OrderIndexEntry entry)
    {
        var before = PlaceOf(session, entry.OrderId);
        BindPlace(session[before is null ? AddStatusSql : MoveStatusSql], entry).Execute();
        return before;
    }

    /// <summary>Removes the order from its status, its machine and the attention list.</summary>
    /// <returns>Where it was; null if nowhere.</returns>
    public static OrderPlace? RemovePlace(SqliteSession session, string orderId)
    {
        var before = PlaceOf(session, orderId);
        if (before is not null)
            session[RemoveStatusSql].Bind(1, orderId).Execute();

        return before;
    }

    /// <summary>
    /// Gives the payment to the order and puts it everywhere, unless another one has the payment: then nothing is
    /// changed.
    /// </summary>
    /// <returns>The order that has the payment now, and what changed.</returns>
    public static (string Holder, CountsChange Change) Enlist(
        SqliteSession session, OrderOrigin origin, OrderIndexEntry entry)
    {
        var holder = Claim(session, origin.PaymentReferenceId, entry.OrderId);
        if (holder != entry.OrderId)
            return (holder, default);

        var change = new CountsChange(
            SetDue(session, entry.OrderId, entry.DueAt),
            Left: SetPlace(session, entry, origin),
            Entered: new OrderPlace(entry.Status, entry.NeedsAttention));
        return (holder, change);
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

    // As SetPlace, and among the orders of its machine.
    private static OrderPlace? SetPlace(SqliteSession session, OrderIndexEntry entry, OrderOrigin origin)
    {
        var before = PlaceOf(session, entry.OrderId);
        BindPlace(session[before is null ? AddOriginSql : MoveOriginSql], entry)
            .Bind(5, origin.DeviceUuid).Bind(6, UnixMilliseconds.Floor(origin.StartedAt)).Execute();
        return before;
    }

    private static string Claim(SqliteSession session, string reference, string orderId)
    {
        session[ClaimSql].Bind(1, reference).Bind(2, orderId).Execute();
        return session.Changes == 1 ? orderId : HolderOf(session, reference)!;
    }

    private static SqliteStatement BindPlace(SqliteStatement statement, OrderIndexEntry entry) => statement
        .Bind(1, entry.OrderId)
        .Bind(2, OrderStatusNames.Of(entry.Status))
        .Bind(3, UnixMilliseconds.Floor(entry.StatusAt))
        .Bind(4, entry.NeedsAttention ? 1 : 0);

    private static OrderPlace? PlaceOf(SqliteSession session, string orderId)
    {
        using var rows = session[StatusSql].Bind(1, orderId).Query();
        return rows.Step() ? new OrderPlace(OrderStatusNames.Parse(rows.Text(0)), rows.Int64(1) != 0) : null;
    }
}

/// <summary>Where an order is listed.</summary>
/// <param name="Status">Its status.</param>
/// <param name="NeedsAttention">Whether it is on the attention list.</param>
internal readonly record struct OrderPlace(OrderStatus Status, bool NeedsAttention);
