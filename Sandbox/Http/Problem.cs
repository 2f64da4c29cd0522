using System.Text.Json.Serialization;

namespace CoffeePayment.Sandbox.Http;

/// <summary>
/// An error of the sandbox's own calls, as RFC 9457 has it; <paramref name="Errors"/> names the fields.
/// </summary>
internal sealed record Problem(string Title, int Status, Dictionary<string, string[]>? Errors = null)
{
    public static void Send(HttpContext context, int status, string title, IEnumerable<FieldError>? errors = null)
    {
        var byField = errors?
            .GroupBy(error => error.Field, error => error.Message, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        JsonAnswer.Send(
            context,
            status,
            new Problem(title, status, byField),
            static (writer, problem) => System.Text.Json.JsonSerializer.Serialize(
                writer, problem, SandboxJson.Default.Problem),
            "application/problem+json");
    }
}

/// <summary>What is (de)serialized by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Payments.ErrorBody))]
[JsonSerializable(typeof(Payments.Refund))]
[JsonSerializable(typeof(Faults.FaultsView))]
[JsonSerializable(typeof(Traffic.StatisticsView))]
[JsonSerializable(typeof(Webhooks.WebhooksView))]
internal sealed partial class SandboxJson : JsonSerializerContext;
