namespace CoffeePayment.Orders;

/// <summary>What a client says when it registers an order. Formats have been validated by whoever sends it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.OrderRegistration")]
public sealed record OrderRegistration
{
    /// <summary>
    /// The order: 1 to 255 characters of <c>A-Z a-z 0-9 - _ . :</c>. It is also the id of the make command.
    /// </summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Whose provider account holds the payment; <c>default</c> unless there are several.</summary>
    [Id(1)]
    public required string MerchantId { get; init; }

    [Id(2)]
    public required PaymentScenario PaymentScenario { get; init; }

    /// <summary>The provider's id of the payment. One payment can pay one order.</summary>
    [Id(3)]
    public required string PaymentReferenceId { get; init; }

    /// <summary>The machine.</summary>
    [Id(4)]
    public required string DeviceUuid { get; init; }

    /// <summary>The drink, as the machine numbers it.</summary>
    [Id(5)]
    public required string DrinkNumber { get; init; }

    /// <summary>The drink's name for people; null if the client gave none.</summary>
    [Id(6)]
    public string? DrinkName { get; init; }

    [Id(7)]
    public required DrinkSize Size { get; init; }

    [Id(8)]
    public required Money Price { get; init; }

    /// <summary>When the customer was sent to the payment page; null means when the order is registered.</summary>
    [Id(9)]
    public DateTimeOffset? PaymentStartedAt { get; init; }

    /// <summary>
    /// When an unpaid order ends; null means <c>ORDER_EXPIRATION_MINUTES</c> after <see cref="PaymentStartedAt"/>.
    /// </summary>
    [Id(10)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
