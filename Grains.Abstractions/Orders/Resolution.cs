namespace CoffeePayment.Orders;

/// <summary>What a person, or the machine, says of an order that waits for it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Note">Free text for whoever looks later, at most 1,000 characters; null if none.</param>
/// <param name="By">Who says so: the name of an API key, or <c>anonymous</c>; null where nobody is known.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.Resolution")]
public sealed record Resolution(
    [property: Id(0)] ResolutionOutcome Outcome,
    [property: Id(1)] string? Note = null,
    [property: Id(2)] string? By = null);

/// <summary>How an order that waited for a person, or for the machine, ended.</summary>
public enum ResolutionOutcome
{
    /// <summary>The customer has the drink.</summary>
    Made,

    /// <summary>The machine took the command and the customer got no drink. Only while <c>make_pending</c>.</summary>
    NotMade,

    /// <summary>The customer has the money back.</summary>
    Refunded,

    /// <summary>Nothing is owed; the order leaves the attention list as it is.</summary>
    Dismissed,
}
