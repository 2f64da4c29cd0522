using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Feed;

/// <summary>An order that got to another status.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="From">Where it was; null when it was registered.</param>
/// <param name="To">Where it is.</param>
/// <param name="Reason">Why, as the API says it; null if the status says it all.</param>
/// <param name="Price">What was registered.</param>
/// <param name="At">When. UTC.</param>
/// <param name="DueAt">When it is looked at next; null if never.</param>
public sealed record StatusChange(
    string OrderId,
    OrderStatus? From,
    OrderStatus To,
    string? Reason,
    Money Price,
    DateTimeOffset At,
    DateTimeOffset? DueAt)
{
    /// <summary>The change between two versions of an order; null if its status stayed.</summary>
    public static StatusChange? Between(PaymentOrder? before, PaymentOrder after) =>
        before?.Status == after.Status
            ? null
            : new StatusChange(
                after.Id,
                before?.Status,
                after.Status,
                after.StatusReason,
                after.Registration.Price,
                after.StatusChangedAt,
                after.DueAt);
}
