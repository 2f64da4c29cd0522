using System.Runtime.CompilerServices;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using Orleans.Storage;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>The storage of orders as one silo sees it.</summary>
internal class SiloStorage(Backend backend, Lane silo, Facts facts) : IGrainStorage
{
    protected Facts Facts => facts;

    protected Lane Silo => silo;

    public virtual async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var order = facts.Of(grainId);
        var (stored, etag) = await backend.CallAsync(silo, () => (order.Stored, order.Etag));
        grainState.RecordExists = stored is not null;
        grainState.ETag = etag;
        if (stored is null) return;
        grainState.State = Unsafe.As<PaymentOrder, T>(ref stored);

        // Whoever reads what it knew before has learnt that its last write was not done: its check is to be made again.
        if (!ReferenceEquals(order.KnownBy.GetValueOrDefault(silo), stored)) order.Learn(silo, stored);
    }

    public virtual async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var order = facts.Of(grainId);
        var (after, etag) = ((PaymentOrder)(object)grainState.State!, grainState.ETag);
        grainState.ETag = await backend.CallAsync(
            silo, () => WriteWhole(order, etag, after), () => Conflict(order, etag));
        grainState.RecordExists = true;
        order.Learn(silo, after);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("No simulation lasts as long as orders are kept.");

    // The first time it was written, the second time it is somebody else's.
    private static InconsistentStateException Conflict(OrderFacts order, string? etag) =>
        new($"{order.Id} was written by whoever asked before.", order.Etag!, etag!);

    protected virtual string Write(OrderFacts order, string? etag, PaymentOrder after) =>
        facts.Write(order, etag, after, silo);

    /// <summary>Keeps the indexes of a pending order, within the step that writes its state.</summary>
    protected virtual void Keep(PaymentOrder order, bool isNew, DateTimeOffset dueAt)
    {
        if (isNew)
            Done.Now(facts.Indexes.EnlistAsync(OrderIndexes.OriginOf(order), OrderIndexes.EntryOf(order), default));
        else
            Done.Now(facts.Indexes.ScheduleAsync(order.Id, dueAt, default));
    }

    private string WriteWhole(OrderFacts order, string? etag, PaymentOrder after)
    {
        if (!facts.Plan.KeepsPendingWithState || after is not { Status: OrderStatus.Pending, DueAt: { } dueAt })
            return Write(order, etag, after);

        if (etag is null && Done.Now(facts.Payments.FindAsync(order.PaymentReferenceId)) is { } holder
            && holder != order.Id)
        {
            throw new InconsistentStateException($"{holder} has the payment of {order.Id}.");
        }

        var newEtag = Write(order, etag, after);
        Keep(after, isNew: etag is null, dueAt);
        return newEtag;
    }
}
