using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Orders;

/// <summary>
/// What the indexes are told of an order, and when: so that a crash between any two writes leaves an entry in the due
/// index, by which the sweeper finds the order and repairs the rest.
/// </summary>
public sealed class OrderIndexes(IOrderIndexWriter writer, IPaymentReferenceIndex payments)
{
    /// <summary>
    /// Before the state of a new order is written: whatever happens now, the sweeper will look at it. Returns the order
    /// that has the payment; if that is another one, there must be no state.
    /// </summary>
    public ValueTask<string> EnlistAsync(PaymentOrder order) => writer.EnlistAsync(OriginOf(order), EntryOf(order));

    /// <summary>Whether a new order is enlisted as its state is written, and need not be before.</summary>
    public bool EnlistWithState => writer.KeepsPendingWithState;

    /// <summary>The order that has the payment of a new one: that one itself if no other has.</summary>
    public async ValueTask<string> HolderOfPaymentAsync(PaymentOrder order) =>
        await payments.FindAsync(order.Registration.PaymentReferenceId) ?? order.Id;

    /// <summary>Before the state of an order that is not due by then is written: the sweeper will look at it.</summary>
    public ValueTask WatchAsync(string orderId, DateTimeOffset lookAt) => writer.ScheduleAsync(orderId, lookAt);

    /// <summary>Whether the indexes say all of it as soon as the state is written.</summary>
    public bool NeedNoFollowing(PaymentOrder before, PaymentOrder after) =>
        writer.KeepsPendingWithState && IsStillPending(before, after);

    /// <summary>
    /// After the state is written: what the indexes say of it. Only an order that was always pending is certainly on the
    /// right lists. Of any other an earlier change may have been left out, so its entry in the due index, by which that
    /// would be found, moves together with its lists only.
    /// </summary>
    public ValueTask FollowAsync(PaymentOrder before, PaymentOrder after) =>
        IsStillPending(before, after) && after.DueAt is { } dueAt
            ? writer.ScheduleAsync(after.Id, dueAt)
            : PlaceAsync(after);

    /// <summary>Puts an order where it belongs: on its lists, and in the due index or out of it.</summary>
    public ValueTask PlaceAsync(PaymentOrder order) => writer.PutAsync(EntryOf(order));

    /// <summary>
    /// Writes everything that the indexes should say of an order, after a crash left something out, but for when it is
    /// due: the sweeper will look at it until whoever repairs has made sure that nobody wrote the order meanwhile.
    /// </summary>
    public async ValueTask RepairAsync(PaymentOrder order, DateTimeOffset lookAt)
    {
        // No other order should have its payment. If one has, this order still must not stay overdue for ever.
        var entry = EntryOf(order) with { DueAt = lookAt };
        if (await writer.EnlistAsync(OriginOf(order), entry) != order.Id)
            await writer.PutAsync(entry);
    }

    /// <summary>Removes every trace of an order whose state is gone.</summary>
    public ValueTask ForgetAsync(string orderId) => writer.ForgetAsync(orderId);

    /// <summary>What the indexes say of an order.</summary>
    public static OrderIndexEntry EntryOf(PaymentOrder order) => new(
        order.Id, order.Status, order.StatusChangedAt, order.DueAt, OrderStates.NeedsAttention(order));

    /// <summary>What an order can be found by.</summary>
    public static OrderOrigin OriginOf(PaymentOrder order)
    {
        var registration = order.Registration;
        return new OrderOrigin(
            registration.PaymentReferenceId,
            registration.DeviceUuid,
            registration.PaymentStartedAt ?? order.StatusChangedAt);
    }

    private static bool IsStillPending(PaymentOrder before, PaymentOrder after) =>
        before.Status == OrderStatus.Pending && after.Status == OrderStatus.Pending;
}
