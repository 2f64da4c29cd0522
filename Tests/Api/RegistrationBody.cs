using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoffeePayment.Tests.Api;

/// <summary>A registration as a client sends it, to be spoilt by tests.</summary>
internal static class RegistrationBody
{
    /// <summary>All fields, each as good as it gets. The clock of the harness stands at noon of 1 March 2026.</summary>
    public const string Full = """
        {
          "id": "order-1",
          "merchant_id": "north",
          "payment_scenario": "YookassaReceipt",
          "payment_reference_id": "payment-1",
          "device_uuid": "machine-1",
          "drink_number": "7",
          "drink_name": "Капучино",
          "size": "large",
          "price": 15000,
          "currency": "KZT",
          "payment_started_at": "2026-03-01T14:59:00.5+03:00",
          "expires_at": "2026-03-01T12:10:00Z"
        }
        """;

    /// <summary>Only what must be there.</summary>
    public const string Minimal = """
        {
          "id": "order-1",
          "payment_scenario": "Yookassa",
          "payment_reference_id": "payment-1",
          "device_uuid": "machine-1",
          "drink_number": "7",
          "size": "small",
          "price": 9900
        }
        """;

    /// <summary>
    /// The full registration with another value in one field, given as JSON; null leaves the field out.
    /// </summary>
    public static string With(string field, string? json)
    {
        var body = JsonNode.Parse(Full)!.AsObject();
        body.Remove(field);
        var text = body.ToJsonString(JsonSerializerOptions.Default);
        return json is null ? text : $"{text[..^1]},\"{field}\":{json}}}";
    }
}
