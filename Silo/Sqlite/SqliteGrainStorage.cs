using CoffeePayment.Grains.Orders;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Storage;
using Orleans.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// Grain state in SQLite: a row for each grain and state name, replaced by compare-and-set on its etag as Orleans' own
/// providers do. A state that is cleared leaves no row behind. A pending order is enlisted with its first state, and
/// moves in the due index with those that follow.
/// </summary>
/// <remarks>
/// Awaits come back to the grain's scheduler on purpose: the waiting grain is then resumed without a detour over the
/// thread pool.
/// </remarks>
public sealed class SqliteGrainStorage(SqliteDatabase database, JsonGrainStateSerializer serializer) : IGrainStorage
{
    private static readonly SqlText ReadSql = new(
        "SELECT etag, data FROM grain_state WHERE grain_key = ?1 AND grain_type = ?2 AND state_name = ?3");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var found = database.Read(GrainStateKey.Of(stateName, grainId), Find, cancellationToken);
        if (found is { } state)
        {
            grainState.State = serializer.Deserialize<T>(state.Data);
            grainState.ETag = state.Etag;
            grainState.RecordExists = true;
        }
        else
        {
            Forget(grainState);
        }

        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = GrainStateKey.Of(stateName, grainId);
        var etag = Guid.NewGuid().ToString("N");
        var data = serializer.Serialize(grainState.State);
        GrainStateWrite write = grainState.State switch
        {
            PaymentOrder { Status: OrderStatus.Pending } order when string.IsNullOrEmpty(grainState.ETag) =>
                new NewOrderWrite(
                    database.Counts, key, etag, data, OrderIndexes.OriginOf(order), OrderIndexes.EntryOf(order)),
            PaymentOrder { Status: OrderStatus.Pending } order =>
                new PendingOrderWrite(database.Counts, key, grainState.ETag, etag, data, order.DueAt),
            _ => new GrainStateWrite(key, grainState.ETag, etag, data),
        };

        var outcome = await database.WriteAsync(write, cancellationToken);

        ThrowIfConflict(outcome, "write", key, grainState.ETag);
        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var key = GrainStateKey.Of(stateName, grainId);

        var outcome = await database.WriteAsync(new GrainStateClear(key, grainState.ETag), cancellationToken);

        ThrowIfConflict(outcome, "clear", key, grainState.ETag);
        Forget(grainState);
    }

    private static (string Etag, byte[] Data)? Find(SqliteSession session, GrainStateKey key)
    {
        using var rows = key.BindTo(session[ReadSql]).Query();
        return rows.Step() ? (rows.Text(0), rows.Blob(1).ToArray()) : null;
    }

    private static void Forget<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
    }

    private static void ThrowIfConflict(GrainStateOutcome outcome, string what, GrainStateKey key, string? etag)
    {
        if (!outcome.IsDone)
            throw new InconsistentStateException(
                outcome.PaymentHolder is { } holder
                    ? $"Cannot {what} {key}: its payment is that of order {holder}."
                    : $"Cannot {what} {key}: it has changed since it was read.",
                outcome.StoredEtag ?? "none",
                etag ?? "none");
    }
}
