using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

// What a person, or the machine, says of an order.
public static partial class PaymentDecider
{
    private static Decision DecideResolved(
        PaymentOrder order, Resolution resolution, DateTimeOffset at, PaymentOptions options)
    {
        switch (order.Status, resolution.Outcome)
        {
            case (OrderStatus.Pending or OrderStatus.Paid, _):
                return Decision.Forbidden(
                    order, $"The order is {WireNames.Of(order.Status)}: the service is still working on it.");
            case (OrderStatus.Refunded, _):
                return Decision.Forbidden(order, "The order is refunded: nothing can follow.");

            case (OrderStatus.MakePending, ResolutionOutcome.Made):
                return Resolve(order, OrderStatus.Successful, reason: null, resolution, at, options);
            case (OrderStatus.MakePending, ResolutionOutcome.NotMade):
                var notMade = Enter(order, OrderStatus.MakeFailed, StatusReasons.NotMade, at, options);
                return Decision.Applied(RecordResolved(notMade, resolution, at));
            case (OrderStatus.MakePending, _):
                return Decision.Forbidden(
                    order, "The machine took the command: say first whether the drink was made or not made.");

            case (_, ResolutionOutcome.NotMade):
                return Decision.Forbidden(order, "Only an order that is make_pending can turn out not made.");
            case (_, ResolutionOutcome.Made):
                return Resolve(order, OrderStatus.Successful, reason: null, resolution, at, options);
            case (_, ResolutionOutcome.Refunded):
                return Resolve(order, OrderStatus.Refunded, reason: null, resolution, at, options);
            case (_, ResolutionOutcome.Dismissed):
                // Late checks go on: money that is found after all brings the order back.
                return Decision.Applied(RecordResolved(order with { IsResolved = true }, resolution, at));
            default:
                return Decision.Ignored(order);
        }
    }

    private static Decision Resolve(
        PaymentOrder order,
        OrderStatus status,
        string? reason,
        Resolution resolution,
        DateTimeOffset at,
        PaymentOptions options)
    {
        var resolved = Enter(order, status, reason, at, options) with { IsResolved = true };
        return Decision.Applied(RecordResolved(resolved, resolution, at));
    }

    private static PaymentOrder RecordResolved(PaymentOrder order, Resolution resolution, DateTimeOffset at)
    {
        var entry = new HistoryEntry
        {
            At = at,
            Kind = HistoryKind.Resolved,
            Status = order.Status,
            Detail = WireNames.Of(resolution.Outcome),
            Note = resolution.Note,
            By = resolution.By,
        };
        return Record(order, entry);
    }
}
