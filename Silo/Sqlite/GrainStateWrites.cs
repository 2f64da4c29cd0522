using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>The parts of the key that the same state has in Redis: <c>{grainType}/{grainKey}/{stateName}</c>.</summary>
internal readonly record struct GrainStateKey(string GrainType, string GrainKey, string StateName)
{
    public static GrainStateKey Of(string stateName, GrainId grainId) =>
        new(grainId.Type.ToString()!, grainId.Key.ToString()!, stateName);

    /// <summary>Binds ?1 to ?3, the most selective part first.</summary>
    public SqliteStatement BindTo(SqliteStatement statement) =>
        statement.Bind(1, GrainKey).Bind(2, GrainType).Bind(3, StateName);

    public override string ToString() => $"{GrainType}/{GrainKey}/{StateName}";
}

/// <summary>What became of a compare-and-set.</summary>
/// <param name="IsDone">Whether it went through.</param>
/// <param name="StoredEtag">The etag that is stored now; null if there is no row.</param>
/// <param name="PaymentHolder">The order that has the new order's payment, if that is why it did not.</param>
internal readonly record struct GrainStateOutcome(bool IsDone, string? StoredEtag, string? PaymentHolder = null);

/// <summary>A compare-and-set on a state's etag. One that fails leaves the others in its transaction alone.</summary>
internal abstract class GrainStateCompareAndSet(GrainStateKey key, string? expectedEtag)
    : SqliteWrite<GrainStateOutcome>
{
    private static readonly SqlText EtagSql = new(
        "SELECT etag FROM grain_state WHERE grain_key = ?1 AND grain_type = ?2 AND state_name = ?3");

    protected GrainStateKey Key { get; } = key;

    /// <summary>What the row's etag must be; empty if there must be no row.</summary>
    protected string ExpectedEtag { get; } = expectedEtag ?? "";

    protected GrainStateOutcome Conflict(SqliteSession session)
    {
        using var rows = Key.BindTo(session[EtagSql]).Query();
        return new GrainStateOutcome(IsDone: false, rows.Step() ? rows.Text(0) : null);
    }
}

internal class GrainStateWrite(
    GrainStateKey key, string? expectedEtag, string newEtag, byte[] data)
    : GrainStateCompareAndSet(key, expectedEtag)
{
    private static readonly SqlText InsertSql = new(
        """
        INSERT INTO grain_state (grain_key, grain_type, state_name, etag, data) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING
        """);

    private static readonly SqlText UpdateSql = new(
        """
        UPDATE grain_state SET etag = ?4, data = ?5
        WHERE grain_key = ?1 AND grain_type = ?2 AND state_name = ?3 AND etag = ?6
        """);

    protected override GrainStateOutcome Run(SqliteSession session)
    {
        var statement = session[ExpectedEtag.Length == 0 ? InsertSql : UpdateSql];
        Key.BindTo(statement).Bind(4, newEtag).Bind(5, data.AsSpan());
        if (ExpectedEtag.Length != 0)
            statement.Bind(6, ExpectedEtag);

        statement.Execute();
        return session.Changes == 1 ? new GrainStateOutcome(IsDone: true, newEtag) : Conflict(session);
    }
}

/// <summary>
/// Writes the first state of a pending order and enlists it, unless another order has its payment: then neither.
/// </summary>
internal sealed class NewOrderWrite(
    SqliteCounts counts, GrainStateKey key, string newEtag, byte[] data, OrderOrigin origin, OrderIndexEntry entry)
    : GrainStateWrite(key, expectedEtag: null, newEtag, data)
{
    private CountsChange _change;

    protected override GrainStateOutcome Run(SqliteSession session)
    {
        if (Conflict(session) is { StoredEtag: not null } found)
            return found;

        (var holder, _change) = SqliteIndexRows.Enlist(session, origin, entry);
        return holder == entry.OrderId
            ? base.Run(session)
            : new GrainStateOutcome(IsDone: false, StoredEtag: null, holder);
    }

    protected override void OnCommitted(GrainStateOutcome result) => counts.Apply(_change);
}

/// <summary>
/// Writes an order that is pending, in whose state nothing but the due time concerns the indexes: it moves there in the
/// same transaction.
/// </summary>
internal sealed class PendingOrderWrite(
    SqliteCounts counts, GrainStateKey key, string expectedEtag, string newEtag, byte[] data, DateTimeOffset? dueAt)
    : GrainStateWrite(key, expectedEtag, newEtag, data)
{
    private int _addedToPending;

    public override bool IsPatient => true;

    protected override GrainStateOutcome Run(SqliteSession session)
    {
        var outcome = base.Run(session);
        if (outcome.IsDone)
            _addedToPending = SqliteIndexRows.SetDue(session, Key.GrainKey, dueAt);

        return outcome;
    }

    protected override void OnCommitted(GrainStateOutcome result) =>
        counts.Apply(new CountsChange(_addedToPending, Left: null, Entered: null));
}

internal sealed class GrainStateClear(GrainStateKey key, string? expectedEtag)
    : GrainStateCompareAndSet(key, expectedEtag)
{
    private static readonly SqlText DeleteSql = new(
        "DELETE FROM grain_state WHERE grain_key = ?1 AND grain_type = ?2 AND state_name = ?3 AND etag = ?4");

    protected override GrainStateOutcome Run(SqliteSession session)
    {
        if (ExpectedEtag.Length != 0)
        {
            Key.BindTo(session[DeleteSql]).Bind(4, ExpectedEtag).Execute();
            if (session.Changes == 1)
                return new GrainStateOutcome(IsDone: true, StoredEtag: null);
        }

        // Clearing what is not there is done already, for whoever knows that it is not there.
        var found = Conflict(session);
        return found.StoredEtag is null && ExpectedEtag.Length == 0 ? found with { IsDone = true } : found;
    }
}
