using CoffeePayment.Orders;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// How many rows the indexes have, kept by the writer after each commit: SQLite would count a million of them for
/// 50 milliseconds, and the sweeper and the statistics ask all the time.
/// </summary>
internal sealed class SqliteCounts
{
    private static readonly SqlText CountByStatusSql = new(
        "SELECT status, count(*) FROM order_status GROUP BY status");

    private readonly long[] _byStatus = new long[Enum.GetValues<OrderStatus>().Length];
    private long _pending;

    public SqliteCounts(SqliteSession session)
    {
        _pending = Convert.ToInt64(session.Scalar("SELECT count(*) FROM pending"));
        using var rows = session[CountByStatusSql].Query();
        while (rows.Step())
            _byStatus[(int)OrderStatusNames.Parse(rows.Text(0))] = rows.Int64(1);
    }

    public long Pending => Interlocked.Read(ref _pending);

    public void AddPending(int difference) => Interlocked.Add(ref _pending, difference);

    public void AddStatus(OrderStatus status, int difference) =>
        Interlocked.Add(ref _byStatus[(int)status], difference);

    public long InStatus(OrderStatus status) => Interlocked.Read(ref _byStatus[(int)status]);
}
