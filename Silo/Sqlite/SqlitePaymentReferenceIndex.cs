using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Payment references: the single writer makes "unless another one has it" atomic.</summary>
public sealed class SqlitePaymentReferenceIndex(SqliteDatabase database) : IPaymentReferenceIndex
{
    private static readonly SqlText FindSql = new("SELECT order_id FROM payment_reference WHERE reference = ?1");

    public ValueTask<string> ReserveAsync(
        string paymentReferenceId, string orderId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(new Reserve(paymentReferenceId, orderId), cancellationToken);

    public ValueTask<string?> FindAsync(string paymentReferenceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(database.Read(paymentReferenceId, Find, cancellationToken));

    public async ValueTask ReleaseAsync(string orderId, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Release(orderId), cancellationToken);

    private static string? Find(SqliteSession session, string reference)
    {
        using var rows = session[FindSql].Bind(1, reference).Query();
        return rows.Step() ? rows.Text(0) : null;
    }

    private sealed class Reserve(string reference, string orderId) : SqliteWrite<string>
    {
        private static readonly SqlText InsertSql = new(
            "INSERT INTO payment_reference (reference, order_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING");

        protected override string Run(SqliteSession session)
        {
            session[InsertSql].Bind(1, reference).Bind(2, orderId).Execute();
            return session.Changes == 1 ? orderId : Find(session, reference)!;
        }
    }

    private sealed class Release(string orderId) : SqliteWrite<int>
    {
        private static readonly SqlText DeleteSql = new("DELETE FROM payment_reference WHERE order_id = ?1");

        protected override int Run(SqliteSession session)
        {
            session[DeleteSql].Bind(1, orderId).Execute();
            return session.Changes;
        }
    }
}
