using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Api.Contracts;

/// <summary>The JSON of the API: snake case, enums as words, nulls written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    Converters =
    [
        typeof(JsonStringEnumConverter<PaymentScenario>),
        typeof(SnakeCaseEnumConverter<ResolutionOutcome>),
        typeof(SnakeCaseEnumConverter<CircuitState>),
        typeof(SnakeCaseEnumConverter<TestOrderEnding>),
    ])]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderResponse))]
[JsonSerializable(typeof(OrderListResponse))]
[JsonSerializable(typeof(ResolveRequest))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(SweepResponse))]
[JsonSerializable(typeof(StatsResponse))]
[JsonSerializable(typeof(ScheduleResponse))]
[JsonSerializable(typeof(ChecksResponse))]
[JsonSerializable(typeof(JobsResponse))]
[JsonSerializable(typeof(StatsHistoryResponse))]
[JsonSerializable(typeof(ConsoleResponse))]
[JsonSerializable(typeof(TestOrderRequest))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;

/// <summary>How answers are written.</summary>
internal static class ApiJson
{
    /// <summary>
    /// Writes texts as they are, Cyrillic included, and not as escapes three times as long. What it leaves alone is
    /// only dangerous inside of HTML, where answers are never put: their content type and <c>nosniff</c> see to that.
    /// </summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static readonly ApiJsonContext Context =
        new(new JsonSerializerOptions(ApiJsonContext.Default.Options) { Encoder = Encoder });
}
