using CoffeePayment.Orders;

namespace CoffeePayment.Ports;

/// <summary>
/// Writes the indexes of orders: what is due (<see cref="IPendingPaymentIndex"/>), which order a payment pays
/// (<see cref="IPaymentReferenceIndex"/>), the orders by status (<see cref="IOrderStatusIndex"/>) and by machine
/// (<see cref="IMachineIndex"/>), and those that wait for a person (<see cref="IAttentionIndex"/>). Each call is one
/// step, done whole or not at all, and durable when the returned task completes.
/// </summary>
public interface IOrderIndexWriter
{
    /// <summary>
    /// Whether the storage of states looks after the indexes of pending orders by itself, in the same step in which it
    /// writes a state: it enlists an order with its first one, which it refuses as a conflict if another order has the
    /// payment, and moves one that was pending and still is in the due index. Then nobody need do either.
    /// Default: false.
    /// </summary>
    bool KeepsPendingWithState => false;

    /// <summary>
    /// Gives the payment to the order and puts the order into all indexes, unless another order has the payment: then
    /// nothing is written. An order whose payment nobody had may be taken to be on no list yet.
    /// </summary>
    /// <returns>The order that has the payment now: that of the entry, or the one that was first.</returns>
    ValueTask<string> EnlistAsync(
        OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts the order under its status and away from any other, on the attention list or off it, and moves it in the
    /// due index.
    /// </summary>
    ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Adds the order to the due index, or moves it there; nothing else.</summary>
    ValueTask ScheduleAsync(string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default);

    /// <summary>Takes the order, and whatever payment it has, out of all indexes; it need not be there.</summary>
    ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default);
}

/// <summary>What the indexes say of an order; times are kept to the millisecond.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">Its status.</param>
/// <param name="StatusAt">When it got there; lists are ordered by it.</param>
/// <param name="DueAt">When it must be looked at next; null if never: it is not in the due index.</param>
/// <param name="NeedsAttention">Whether it waits for a person: it is on the attention list.</param>
public readonly record struct OrderIndexEntry(
    string OrderId,
    OrderStatus Status,
    DateTimeOffset StatusAt,
    DateTimeOffset? DueAt,
    bool NeedsAttention = false);

/// <summary>What an order can be found by for as long as it exists; times are kept to the millisecond.</summary>
/// <param name="PaymentReferenceId">The payment that pays it.</param>
/// <param name="DeviceUuid">The machine.</param>
/// <param name="StartedAt">When its payment started; the machine's orders are listed by it.</param>
public readonly record struct OrderOrigin(string PaymentReferenceId, string DeviceUuid, DateTimeOffset StartedAt);
