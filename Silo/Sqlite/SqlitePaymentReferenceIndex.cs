using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Which order a payment pays: a table with an index both ways.</summary>
public sealed class SqlitePaymentReferenceIndex(SqliteDatabase database) : IPaymentReferenceIndex
{
    public ValueTask<string?> FindAsync(string paymentReferenceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(database.Read(paymentReferenceId, SqliteIndexRows.HolderOf, cancellationToken));
}
