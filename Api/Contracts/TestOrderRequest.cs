namespace CoffeePayment.Api.Contracts;

/// <summary>A test order to be placed.</summary>
internal sealed record TestOrderRequest
{
    /// <summary>What becomes of it.</summary>
    public required TestOrderEnding Ending { get; init; }
}
