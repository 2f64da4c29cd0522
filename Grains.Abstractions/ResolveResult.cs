using CoffeePayment.Orders;

namespace CoffeePayment;

/// <summary>What resolving an order came to.</summary>
/// <param name="Order">The order as it is now; null if there is none.</param>
/// <param name="Refusal">Why the rules forbid it, as a sentence for the operator; null if it was done.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.ResolveResult")]
public sealed record ResolveResult(
    [property: Id(0)] PaymentOrder? Order,
    [property: Id(1)] string? Refusal = null);
