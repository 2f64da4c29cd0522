using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>What the rules make of an event.</summary>
/// <param name="Kind">Whether the event counted.</param>
/// <param name="Order">
/// The order afterwards; the same instance as before unless <see cref="DecisionKind.Applied"/>.
/// </param>
/// <param name="Effects">What to do after the order is written, in this order.</param>
/// <param name="Refusal">
/// Why the rules forbid it, as a sentence; null unless <see cref="DecisionKind.Forbidden"/>.
/// </param>
public sealed record Decision(
    DecisionKind Kind, PaymentOrder Order, IReadOnlyList<OrderEffect> Effects, string? Refusal = null)
{
    /// <summary>The order changed and must be written before anything else happens.</summary>
    public static Decision Applied(PaymentOrder order, params OrderEffect[] effects) =>
        new(DecisionKind.Applied, order, effects);

    /// <summary>The event came too late or to the wrong state and changes nothing.</summary>
    public static Decision Ignored(PaymentOrder order) => new(DecisionKind.Ignored, order, []);

    /// <summary>A person asked for what the rules do not allow.</summary>
    public static Decision Forbidden(PaymentOrder order, string refusal) =>
        new(DecisionKind.Forbidden, order, [], refusal);
}

/// <summary>Whether an event counted.</summary>
public enum DecisionKind
{
    Applied,
    Ignored,
    Forbidden,
}
