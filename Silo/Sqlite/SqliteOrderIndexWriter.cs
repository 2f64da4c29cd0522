using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Writes the indexes: each change is one write in the queue, so it is in one transaction, whole.</summary>
public sealed class SqliteOrderIndexWriter(SqliteDatabase database) : IOrderIndexWriter
{
    /// <inheritdoc/>
    /// <remarks>
    /// <see cref="SqliteGrainStorage"/> does: registrations and most checks are one write instead of two.
    /// </remarks>
    public bool KeepsPendingWithState => true;

    public async ValueTask<string> EnlistAsync(
        OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        (await database.WriteAsync(new Enlist(database.Counts, origin, entry), cancellationToken)).Holder;

    public async ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Put(database.Counts, entry), cancellationToken);

    public async ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Schedule(database.Counts, orderId, dueAt), cancellationToken);

    public async ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(new Forget(database.Counts, orderId), cancellationToken);

    private sealed class Enlist(SqliteCounts counts, OrderOrigin origin, OrderIndexEntry entry)
        : SqliteWrite<(string Holder, CountsChange Change)>
    {
        protected override (string Holder, CountsChange Change) Run(SqliteSession session) =>
            SqliteIndexRows.Enlist(session, origin, entry);

        protected override void OnCommitted((string Holder, CountsChange Change) result) =>
            counts.Apply(result.Change);
    }

    private abstract class Change(SqliteCounts counts) : SqliteWrite<CountsChange>
    {
        protected override void OnCommitted(CountsChange result) => counts.Apply(result);
    }

    private sealed class Put(SqliteCounts counts, OrderIndexEntry entry) : Change(counts)
    {
        protected override CountsChange Run(SqliteSession session) => new(
            SqliteIndexRows.SetDue(session, entry.OrderId, entry.DueAt),
            Left: SqliteIndexRows.SetPlace(session, entry),
            Entered: new OrderPlace(entry.Status, entry.NeedsAttention));
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
                Left: SqliteIndexRows.RemovePlace(session, orderId),
                Entered: null);
        }
    }
}
