using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>What a reply says of a payment, beyond doubt.</summary>
internal enum PaymentTruth
{
    Nothing,
    Pending,
    Paid,
    PaidOtherwise,
    Canceled,
    WaitingForCapture,
    Other,
}

/// <summary>
/// Judges replies by what YooKassa documents, in its own way: it knows nothing of how the service reads them.
/// </summary>
internal static partial class ReplyOracle
{
    public static PaymentTruth TruthOf(ProviderReply reply, string paymentId, decimal price) =>
        reply is { Status: >= 200 and < 300, Body: { } body } ? TruthOf(body, paymentId, price) : PaymentTruth.Nothing;

    public static PaymentTruth TruthOf(byte[] body, string paymentId, decimal price)
    {
        if (!Utf8.IsValid(body)) return PaymentTruth.Nothing;
        try
        {
            using var json = JsonDocument.Parse(body);
            return TruthOf(json.RootElement, paymentId, price);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return PaymentTruth.Nothing;
        }
    }

    private static PaymentTruth TruthOf(JsonElement payment, string paymentId, decimal price)
    {
        if (Text(payment, "id") != paymentId) return PaymentTruth.Nothing;
        return Text(payment, "status") switch
        {
            "pending" => PaymentTruth.Pending,
            "canceled" => PaymentTruth.Canceled,
            "waiting_for_capture" => PaymentTruth.WaitingForCapture,
            "succeeded" => AmountTruth(payment, price),
            null or "" => PaymentTruth.Nothing,
            _ => PaymentTruth.Other,
        };
    }

    private static PaymentTruth AmountTruth(JsonElement payment, decimal price)
    {
        if (Only(payment, "amount") is not { } amount || Text(amount, "value") is not { } value
            || Text(amount, "currency") is not { } currency || !Decimal().IsMatch(value))
            return PaymentTruth.Nothing;

        return currency == "RUB"
            && decimal.TryParse(value, CultureInfo.InvariantCulture, out var paid)
            && paid == price
                ? PaymentTruth.Paid
                : PaymentTruth.PaidOtherwise;
    }

    private static string? Text(JsonElement element, string name) =>
        Only(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    // What is said twice is not said.
    private static JsonElement? Only(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
        {
            if (!IsNamed(property, name)) continue;
            if (found is not null) return null;
            found = property.Value;
        }

        return found;
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.Name == name;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Decimal();
}
