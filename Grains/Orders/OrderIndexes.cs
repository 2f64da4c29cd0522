using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Orders;

/// <summary>
/// The three indexes of orders, and the order in which they are written so that a crash between any two writes leaves an
/// entry in the due index, by which the sweeper finds the order and repairs the rest.
/// </summary>
public sealed class OrderIndexes(
    IPendingPaymentIndex pending, IPaymentReferenceIndex payments, IOrderStatusIndex statuses)
{
    /// <summary>Claims the payment for the order; returns the order that has it.</summary>
    public ValueTask<string> ClaimPaymentAsync(OrderRegistration registration) =>
        payments.ReserveAsync(registration.PaymentReferenceId, registration.Id);

    /// <summary>Before the state is written: whatever happens now, the sweeper will look at the order.</summary>
    public async Task EnlistAsync(PaymentOrder order, DateTimeOffset lookAt)
    {
        await pending.ScheduleAsync(order.Id, lookAt);
        if (order.Revision == 1) await statuses.PutAsync(order.Id, order.Status, order.StatusChangedAt);
    }

    /// <summary>After the state is written: what the indexes say of it, the due index last.</summary>
    public async Task FollowAsync(PaymentOrder? before, PaymentOrder after)
    {
        if (before is null || before.Status != after.Status)
            await statuses.PutAsync(after.Id, after.Status, after.StatusChangedAt);

        if (after.DueAt is { } dueAt)
            await pending.ScheduleAsync(after.Id, dueAt);
        else
            await pending.RemoveAsync(after.Id);
    }

    /// <summary>Writes everything that the indexes should say of an order, after a crash left something out.</summary>
    public async Task RepairAsync(PaymentOrder order)
    {
        await payments.ReserveAsync(order.Registration.PaymentReferenceId, order.Id);
        await FollowAsync(before: null, order);
    }

    /// <summary>Removes every trace of an order; lists, which retention walks, come last.</summary>
    public async Task ForgetAsync(string orderId)
    {
        await payments.ReleaseAsync(orderId);
        await pending.RemoveAsync(orderId);
        await statuses.RemoveAsync(orderId);
    }
}
