using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Writes the indexes: each change is one write in the queue, so it is in one transaction, whole.</summary>
public sealed class SqliteOrderIndexWriter(SqliteDatabase database) : IOrderIndexWriter
{
    public async ValueTask<string> EnlistAsync(
        string paymentReferenceId, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        (await database.WriteAsync(
            new Enlist(database.Counts, paymentReferenceId, entry), cancellationToken)).Holder;

    public async ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Put(database.Counts, entry), cancellationToken);

    public async ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Schedule(database.Counts, orderId, dueAt), cancellationToken);

    public async ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Forget(database.Counts, orderId), cancellationToken);

    private static CountsChange PutEntry(SqliteSession session, OrderIndexEntry entry) => new(
        SqliteIndexRows.SetDue(session, entry.OrderId, entry.DueAt),
        Left: SqliteIndexRows.SetStatus(session, entry.OrderId, entry.Status, entry.StatusAt),
        Entered: entry.Status);

    private sealed class Enlist(SqliteCounts counts, string paymentReferenceId, OrderIndexEntry entry)
        : SqliteWrite<(string Holder, CountsChange Change)>
    {
        protected override (string Holder, CountsChange Change) Run(SqliteSession session)
        {
            var holder = SqliteIndexRows.Claim(session, paymentReferenceId, entry.OrderId);
            return (holder, holder == entry.OrderId ? PutEntry(session, entry) : default);
        }

        protected override void OnCommitted((string Holder, CountsChange Change) result) =>
            counts.Apply(result.Change);
    }

    private abstract class Change(SqliteCounts counts) : SqliteWrite<CountsChange>
    {
        protected override void OnCommitted(CountsChange result) => counts.Apply(result);
    }

    private sealed class Put(SqliteCounts counts, OrderIndexEntry entry) : Change(counts)
    {
        protected override CountsChange Run(SqliteSession session) => PutEntry(session, entry);
    }

    private sealed class Schedule(SqliteCounts counts, string orderId, DateTimeOffset dueAt) : Change(counts)
    {
        protected override CountsChange Run(SqliteSession session) =>
            new(SqliteIndexRows.SetDue(session, orderId, dueAt), Left: null, Entered: null);
    }

    private sealed class Forget(SqliteCounts counts, string orderId) : Change(counts)
    {
        protected override CountsChange Run(SqliteSession session)
        {
            SqliteIndexRows.Release(session, orderId);
            return new(
                SqliteIndexRows.SetDue(session, orderId, dueAt: null),
                Left: SqliteIndexRows.RemoveStatus(session, orderId),
                Entered: null);
        }
    }
}
