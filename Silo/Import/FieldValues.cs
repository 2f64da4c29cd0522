using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// Values as databases and spreadsheets write them, made into what the API takes. What is not understood stays as it
/// is, so that it is refused for what it is.
/// </summary>
internal static partial class FieldValues
{
    private const string Price = "price";

    /// <summary>The value for the API.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value as it was found.</param>
    /// <param name="offset">
    /// The offset from UTC of times that have none, as <c>+03:00</c>; null: they are refused.
    /// </param>
    public static JsonNode? Read(string field, JsonNode? value, string? offset)
    {
        if (TextOf(value) is not { } text) return value?.DeepClone();

        return field switch
        {
            Price when WholeNumber().IsMatch(text) => JsonNode.Parse(text),
            Price => value!.DeepClone(),
            "size" => SizeOf(text),
            "payment_scenario" => ScenarioOf(text),
            "payment_started_at" or "expires_at" => TimeOf(text, offset),
            _ => text,
        };
    }

    // A database's key is a number where the API wants a text.
    private static string? TextOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };

    // Clients of the old system once sent 'big'.
    private static string SizeOf(string text) => text.ToLowerInvariant() switch
    {
        "big" => WireNames.Of(DrinkSize.Large),
        var size => size,
    };

    private static string ScenarioOf(string text) =>
        Enum.GetNames<PaymentScenario>().FirstOrDefault(
            name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) ?? text;

    private static string TimeOf(string text, string? offset)
    {
        var match = DatabaseTime().Match(text);
        if (!match.Success) return text;

        var zone = match.Groups["zone"].Value switch
        {
            "" => offset,
            "Z" or "z" => "Z",
            { Length: 3 } hours => $"{hours}:00",
            { Length: 5 } digits => $"{digits[..3]}:{digits[3..]}",
            var full => full,
        };
        return zone is null ? text : $"{match.Groups["day"].Value}T{match.Groups["time"].Value}{zone}";
    }

    [GeneratedRegex(@"\A[0-9]{1,18}\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(
        @"\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?)"
            + @" ?(?<zone>[Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DatabaseTime();
}
