using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Orleans.Storage;

namespace CoffeePayment.Grains.Orders;

// How a decided order gets into the storage and the indexes, and what becomes of a write that failed.
public sealed partial class PendingPaymentGrain
{
    /// <summary>
    /// What was being written when the storage failed: it may be stored or not, since the failure may be that of the
    /// answer. Null while what is stored is known.
    /// </summary>
    private PaymentOrder? _unsettled;

    /// <summary>Writes the decided state, then the indexes, then tells whoever listens.</summary>
    /// <exception cref="InconsistentStateException">
    /// Somebody else wrote the order: nothing decided here counts.
    /// </exception>
    private async Task CommitAsync(PaymentOrder before, Decision decision)
    {
        var after = decision.Order;

        // By its entry in the due index the sweeper finds a half-written change. An order that was done has none, and
        // that of one whose payment is found, or which a person deals with, before it is due is late.
        var isListedAnew = before.Status != after.Status || before.IsResolved != after.IsResolved;
        if (isListedAnew && !(before.DueAt <= Now))
            await services.Indexes.WatchAsync(after.Id, Now);
        else if (after.DueAt is { } dueAt && !(before.DueAt <= dueAt))
            await services.Indexes.WatchAsync(after.Id, dueAt);

        await WriteStateAsync(after);
        await FollowAsync(before, after);
    }

    private async Task WriteStateAsync(PaymentOrder order)
    {
        var written = state.State;
        state.State = order;
        using var writing = OrderTraces.StartWriting();
        var started = services.Time.GetTimestamp();
        try
        {
            await state.WriteStateAsync();
            services.Instruments.Stored(StorageWrites.State, services.Time.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            OrderTraces.Failed(writing, exception);
            state.State = written;
            if (exception is not InconsistentStateException)
            {
                _unsettled = order;
                services.Instruments.NotStored(StorageWrites.State);
            }

            throw;
        }

        _order = order;
    }

    /// <summary>Returns the order that has the payment; if that is another one, there must be no state.</summary>
    private async Task<string> EnlistAsync(PaymentOrder order)
    {
        if (services.Indexes.EnlistWithState) return await services.Indexes.HolderOfPaymentAsync(order);

        var started = services.Time.GetTimestamp();
        var holder = await services.Indexes.EnlistAsync(order);
        services.Instruments.Stored(StorageWrites.Enlist, services.Time.GetElapsedTime(started));
        return holder;
    }

    /// <summary>Returns the order that has the payment; if that is another one, nothing was written.</summary>
    private async Task<string> WriteFirstStateAsync(PaymentOrder order)
    {
        try
        {
            await WriteStateAsync(order);
            return order.Id;
        }
        catch (Exception exception)
        {
            // It may be stored: whoever registers it again finds that out by an activation that reads.
            DeactivateOnIdle();

            if (exception is not InconsistentStateException) throw;

            // The other order was first by a moment.
            var holder = await services.Indexes.HolderOfPaymentAsync(order);
            if (holder == order.Id) throw;
            return holder;
        }
    }

    /// <summary>
    /// Finds out by reading whether a write that failed was done after all, and goes on from what is stored. A storage
    /// that is only slow has done most of them; by giving up instead, activations left their orders to the sweeper, and
    /// unchecked for a grace longer than two intervals, just when there was too much to do already.
    /// </summary>
    /// <remarks>
    /// A make command follows the write that says "sent". Where that write failed, was done, and nobody has written
    /// since, the command certainly never left, which is as good as a refusal by the machine.
    /// </remarks>
    /// <returns>Whether there was such a write, and it was done.</returns>
    /// <exception cref="InconsistentStateException">Somebody else wrote the order since.</exception>
    private async Task<bool> SettleAsync()
    {
        if (_unsettled is not { } attempted || _order is not { } before) return false;

        await state.ReadStateAsync();
        var isDone = IsStored(attempted);
        if (!isDone && !IsStored(before))
            throw new InconsistentStateException($"Order {before.Id} was written by somebody else.");

        _unsettled = null;
        state.State = isDone ? attempted : before;
        if (!isDone) return false;

        _unwritten = null;
        _order = attempted;
        await FollowAsync(before, attempted);
        if (OrderStates.IsMakeInFlight(attempted))
            await ApplyAsync(new OrderEvent.MakeAnswered(new MakeAnswer.Refused("not_sent")));

        return true;
    }

    /// <summary>Goes on from what is stored, whoever wrote it.</summary>
    /// <returns>What is stored; null if the order is gone.</returns>
    private async Task<PaymentOrder?> ReadAgainAsync()
    {
        await state.ReadStateAsync();
        _unsettled = null;
        if (_order is not null) services.Instruments.Deactivated(_order);
        var stored = KnowWhatIsStored();
        ReleaseChangeWaiters();
        return stored;
    }

    /// <summary>Takes what was read for the order; null if nothing is stored.</summary>
    private PaymentOrder? KnowWhatIsStored()
    {
        _order = null;
        if (!state.RecordExists) return null;

        _order = state.State with { Registration = services.Texts.Share(state.State.Registration) };
        state.State = _order;
        services.Instruments.Activated(_order);
        return _order;
    }

    /// <summary>Whether what was read is that order. Its history is an array, and equal only to itself.</summary>
    private bool IsStored(PaymentOrder order) => state.RecordExists
        && state.State with { Registration = order.Registration, History = order.History } == order;

    private async Task FollowAsync(PaymentOrder before, PaymentOrder after)
    {
        Publish(before, after);
        if (services.Indexes.NeedNoFollowing(before, after)) return;

        using var moving = OrderTraces.StartMoving();
        var started = services.Time.GetTimestamp();
        try
        {
            await services.Indexes.FollowAsync(before, after);
            services.Instruments.Stored(StorageWrites.Index, services.Time.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            // The state is what counts. The entry left in the due index brings the sweeper here.
            OrderTraces.Failed(moving, exception);
            services.Instruments.NotStored(StorageWrites.Index);
            using var lines = LendTrace();
            Log.IndexLeftBehind(services, after.Id, exception);
        }
    }

    /// <summary>
    /// Writes what the indexes should say of what is stored. What this activation knows may be older, where the answer
    /// to its own write was lost or another activation has written; a write that nobody waits for any more may even be
    /// done meanwhile. The entry that leaves the due index here is the last by which a wrong list would be found, so it
    /// stays until the order is read to be what the lists say.
    /// </summary>
    private async Task RepairAsync()
    {
        PaymentOrder? listed = null;
        while (await ReadAgainAsync() is { } stored)
        {
            if (stored.Revision == listed?.Revision)
            {
                await services.Indexes.PlaceAsync(stored);
                return;
            }

            await services.Indexes.RepairAsync(stored, Now);
            listed = stored;
        }
    }

    private void Publish(PaymentOrder? before, PaymentOrder after)
    {
        services.Instruments.Changed(before, after);
        if (before?.Status != after.Status) Log.StatusChanged(services.Logger, before, after);
        foreach (var observer in services.Observers) observer.OrderChanged(before, after);
        ReleaseChangeWaiters();
    }
}
