using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.Contracts;

/// <summary>An order to be registered: a customer has been sent to a payment page.</summary>
/// <remarks>
/// The shape for the OpenAPI document. A body is read by <see cref="Input.RegistrationReader"/>, which names every bad
/// field instead of stopping at the first.
/// </remarks>
internal sealed record OrderRequest
{
    /// <summary>
    /// The order, as the client names it. Also the id of the make command, so it is never used twice.
    /// </summary>
    [RegularExpression(Identifiers.Pattern)]
    [StringLength(Identifiers.OrderIdLengthMax, MinimumLength = 1)]
    public required string Id { get; init; }

    /// <summary>Whose provider account holds the payment.</summary>
    [RegularExpression(Identifiers.Pattern)]
    [StringLength(Identifiers.LengthMax, MinimumLength = 1)]
    [DefaultValue(Identifiers.DefaultMerchant)]
    public string? MerchantId { get; init; }

    /// <summary>How the payment was created.</summary>
    public required PaymentScenario PaymentScenario { get; init; }

    /// <summary>The provider's id of the payment. One payment can pay one order.</summary>
    [RegularExpression(Identifiers.Pattern)]
    [StringLength(Identifiers.LengthMax, MinimumLength = 1)]
    public required string PaymentReferenceId { get; init; }

    /// <summary>The coffee machine.</summary>
    [StringLength(Identifiers.LengthMax, MinimumLength = 1)]
    public required string DeviceUuid { get; init; }

    /// <summary>The drink, as the machine numbers it.</summary>
    [StringLength(Identifiers.LengthMax, MinimumLength = 1)]
    public required string DrinkNumber { get; init; }

    /// <summary>The drink's name for people.</summary>
    [MaxLength(Identifiers.DrinkNameLengthMax)]
    public string? DrinkName { get; init; }

    /// <summary>The cup.</summary>
    public required DrinkSize Size { get; init; }

    /// <summary>What the customer pays, in minor units of the currency: 15000 is 150 roubles.</summary>
    [Range(1, Identifiers.PriceMax)]
    public required long Price { get; init; }

    /// <summary>ISO 4217 code, upper case.</summary>
    [RegularExpression("^[A-Z]{3}$")]
    [DefaultValue(Identifiers.DefaultCurrency)]
    public string? Currency { get; init; }

    /// <summary>
    /// When the customer was sent to the payment page, RFC 3339 with offset: at most 30 days ago and one minute ahead.
    /// Left out: when the order is registered.
    /// </summary>
    public DateTimeOffset? PaymentStartedAt { get; init; }

    /// <summary>
    /// When the order ends if nobody pays, RFC 3339 with offset: after <c>payment_started_at</c>, by at most 30 days.
    /// Left out: 15 minutes after it, unless the service is set up otherwise.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
