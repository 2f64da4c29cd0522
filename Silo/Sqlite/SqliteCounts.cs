using System.Runtime.InteropServices;
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
    private long _attention;

    public SqliteCounts(SqliteSession session)
    {
        _pending = Convert.ToInt64(session.Scalar("SELECT count(*) FROM pending"));
        _attention = Convert.ToInt64(session.Scalar("SELECT count(*) FROM order_status WHERE needs_attention = 1"));
        using var rows = session[CountByStatusSql].Query();
        while (rows.Step())
            _byStatus[(int)OrderStatusNames.Parse(rows.Text(0))] = rows.Int64(1);
    }

    public long Pending => Interlocked.Read(ref _pending);

    public long Attention => Interlocked.Read(ref _attention);

    public void Apply(CountsChange change)
    {
        Interlocked.Add(ref _pending, change.Pending);
        Count(change.Left, -1);
        Count(change.Entered, 1);
    }

    public long InStatus(OrderStatus status) => Interlocked.Read(ref _byStatus[(int)status]);

    private void Count(OrderPlace? place, int change)
    {
        if (place is not { } known) return;

        Interlocked.Add(ref _byStatus[(int)known.Status], change);
        if (known.NeedsAttention) Interlocked.Add(ref _attention, change);
    }
}

/// <summary>What a write does to the counts.</summary>
/// <param name="Pending">How many more are due for something.</param>
/// <param name="Left">The place that has one less; null if none.</param>
/// <param name="Entered">The place that has one more; null if none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CountsChange(int Pending, OrderPlace? Left, OrderPlace? Entered);
