namespace CoffeePayment.Statistics;

/// <summary>A check under way: the provider has been asked and has not answered yet.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="MerchantId">Whose account is asked.</param>
/// <param name="StartedAt">When it was asked. UTC.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.ActiveCheck")]
public sealed record ActiveCheck(
    [property: Id(0)] string OrderId,
    [property: Id(1)] string MerchantId,
    [property: Id(2)] DateTimeOffset StartedAt);
