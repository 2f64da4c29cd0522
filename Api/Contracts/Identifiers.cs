using System.Buffers;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.Contracts;

/// <summary>What ids and the other words of a registration may look like (DESIGN.md, section 6).</summary>
internal static class Identifiers
{
    /// <summary>The alphabet of ids, for the OpenAPI document.</summary>
    public const string Pattern = "^[A-Za-z0-9_.:-]+$";

    public const int OrderIdLengthMax = 255;

    /// <summary>The longest merchant, payment, machine and drink, in characters.</summary>
    public const int LengthMax = 100;

    public const int DrinkNameLengthMax = 200;

    public const int NoteLengthMax = 1000;

    /// <summary>The highest price, in minor units. Far beyond any drink, and far from where arithmetic ends.</summary>
    public const long PriceMax = 1_000_000_000_000;

    public const string DefaultMerchant = "default";

    public const string DefaultCurrency = "RUB";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    /// <summary>Whether an order can have this id.</summary>
    /// <remarks>
    /// <c>.</c> and <c>..</c> are refused although they fit the alphabet: as the last segment of a URL they mean
    /// another resource, so nobody could ever read such an order.
    /// </remarks>
    public static bool IsOrderId(string? id) =>
        id is { Length: >= 1 and <= OrderIdLengthMax } and not ("." or "..") && IsOfAlphabet(id);

    /// <summary>Whether a payment can have this id.</summary>
    public static bool IsPaymentReferenceId(string? id) => id is { Length: >= 1 and <= LengthMax } && IsOfAlphabet(id);

    /// <summary>Whether all characters may occur in an id.</summary>
    public static bool IsOfAlphabet(string id) => !id.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>The name of a scenario on the wire, which the system that this one replaces chose.</summary>
    public static bool TryParseScenario(string name, out PaymentScenario scenario)
    {
        scenario = name == nameof(PaymentScenario.YookassaReceipt)
            ? PaymentScenario.YookassaReceipt
            : PaymentScenario.Yookassa;
        return name is nameof(PaymentScenario.Yookassa) or nameof(PaymentScenario.YookassaReceipt);
    }
}
