using CoffeePayment.Orders;

namespace CoffeePayment;

/// <summary>What registering an order came to.</summary>
/// <param name="Outcome">Whether the order is registered, and if not, why.</param>
/// <param name="Order">The order with that id; null if there is none, which is so when its payment is taken.</param>
/// <param name="OtherOrderId">
/// The order that has the payment, with <see cref="RegistrationOutcome.PaymentTaken"/>.
/// </param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.RegistrationResult")]
public sealed record RegistrationResult(
    [property: Id(0)] RegistrationOutcome Outcome,
    [property: Id(1)] PaymentOrder? Order,
    [property: Id(2)] string? OtherOrderId = null);

/// <summary>How a registration ended.</summary>
public enum RegistrationOutcome
{
    /// <summary>The order is new and now durable.</summary>
    Created,

    /// <summary>The same order was registered before.</summary>
    Existed,

    /// <summary>Another order was registered under this id.</summary>
    Conflict,

    /// <summary>The payment pays another order.</summary>
    PaymentTaken,
}
