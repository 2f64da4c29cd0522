using System.Text.Json;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Input;

/// <summary>Reads an order to be registered, or says what is wrong with each of its fields.</summary>
internal sealed class RegistrationReader(TimeProvider time, IOptions<ApiOptions> options)
{
    /// <summary>How far a client's clock may be ahead.</summary>
    private static readonly TimeSpan StartAheadMax = TimeSpan.FromMinutes(1);

    /// <summary>The oldest payment that can be registered, and the longest an order may wait to be paid.</summary>
    private static readonly TimeSpan PaymentAgeMax = TimeSpan.FromDays(30);

    /// <summary>The fields that are read.</summary>
    public static readonly IReadOnlyList<string> FieldNames =
    [
        "id",
        "merchant_id",
        "payment_scenario",
        "payment_reference_id",
        "device_uuid",
        "drink_number",
        "drink_name",
        "size",
        "price",
        "currency",
        "payment_started_at",
        "expires_at",
    ];

    private static readonly FieldNames Names = new([.. FieldNames]);

    private readonly Func<string, bool>? _isKnownMerchant = options.Value.IsKnownMerchant;

    /// <summary>The registration; null if something is wrong with it, which <paramref name="errors"/> says.</summary>
    public OrderRegistration? Read(JsonElement body, out FieldErrors errors)
    {
        var fields = new JsonFields(body, Names);
        errors = fields.Errors;

        var id = ReadOrderId(fields);
        var merchantId = ReadMerchant(fields);
        var scenario = ReadScenario(fields);
        var paymentReferenceId = ReadIdentifier(fields, "payment_reference_id", isRequired: true);
        var deviceUuid = fields.Text("device_uuid", Identifiers.LengthMax, isRequired: true);
        var drinkNumber = fields.Text("drink_number", Identifiers.LengthMax, isRequired: true);
        var drinkName = fields.Text("drink_name", Identifiers.DrinkNameLengthMax, isRequired: false);
        var size = WireWords.Read<DrinkSize>(fields, "size", isRequired: true);
        var price = fields.Integer("price", 1, Identifiers.PriceMax);
        var currency = ReadCurrency(fields);
        var (startedAt, expiresAt) = ReadTimes(fields);
        if (errors.Any) return null;

        return new OrderRegistration
        {
            Id = id!,
            MerchantId = merchantId!,
            PaymentScenario = scenario,
            PaymentReferenceId = paymentReferenceId!,
            DeviceUuid = deviceUuid!,
            DrinkNumber = drinkNumber!,
            DrinkName = drinkName,
            Size = size!.Value,
            Price = new Money(price!.Value, currency!),
            PaymentStartedAt = startedAt,
            ExpiresAt = expiresAt,
        };
    }

    private static string? ReadOrderId(JsonFields fields)
    {
        var id = fields.Text("id", Identifiers.OrderIdLengthMax, isRequired: true);
        if (id is null || Identifiers.IsOrderId(id)) return id;

        fields.Errors.Add("id", "must consist of A-Z a-z 0-9 - _ . : and be neither '.' nor '..'");
        return null;
    }

    private static string? ReadIdentifier(JsonFields fields, string name, bool isRequired)
    {
        var id = fields.Text(name, Identifiers.LengthMax, isRequired);
        if (id is null || (id.Length > 0 && Identifiers.IsOfAlphabet(id))) return id;

        fields.Errors.Add(name, "must consist of A-Z a-z 0-9 - _ . :");
        return null;
    }

    private static PaymentScenario ReadScenario(JsonFields fields)
    {
        const int LongestName = 100;
        var name = fields.Text("payment_scenario", LongestName, isRequired: true);
        if (name is not null && Identifiers.TryParseScenario(name, out var scenario)) return scenario;

        if (name is not null) fields.Errors.Add("payment_scenario", "must be one of: Yookassa, YookassaReceipt");
        return default;
    }

    private static string? ReadCurrency(JsonFields fields)
    {
        if (fields.Find("currency", isRequired: false) is null) return Identifiers.DefaultCurrency;

        var currency = fields.Text("currency", Identifiers.LengthMax, isRequired: true);
        if (currency is null || (currency.Length == 3 && currency.All(char.IsAsciiLetterUpper))) return currency;

        fields.Errors.Add("currency", "must be an ISO 4217 code of three upper-case letters, as RUB");
        return null;
    }

    private string? ReadMerchant(JsonFields fields)
    {
        var id = fields.Find("merchant_id", isRequired: false) is null
            ? Identifiers.DefaultMerchant
            : ReadIdentifier(fields, "merchant_id", isRequired: true);
        if (id is null || _isKnownMerchant is null || _isKnownMerchant(id)) return id;

        fields.Errors.Add("merchant_id", $"must be a merchant with credentials here, which '{id}' is not");
        return null;
    }

    private (DateTimeOffset? StartedAt, DateTimeOffset? ExpiresAt) ReadTimes(JsonFields fields)
    {
        var now = time.GetUtcNow();
        var startedAt = fields.Time("payment_started_at");
        if (startedAt > now + StartAheadMax)
            fields.Errors.Add("payment_started_at", "must not be more than a minute in the future");
        if (startedAt < now - PaymentAgeMax)
            fields.Errors.Add("payment_started_at", "must not be more than 30 days ago");

        var expiresAt = fields.Time("expires_at");
        var start = startedAt ?? now;
        if (expiresAt <= start) fields.Errors.Add("expires_at", "must be after payment_started_at");
        if (expiresAt - start > PaymentAgeMax)
            fields.Errors.Add("expires_at", "must not be more than 30 days after payment_started_at");
        return (startedAt, expiresAt);
    }
}
