using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.OpenApi;

/// <summary>Examples for the document. Those of requests can be sent as they are.</summary>
internal static class Examples
{
    public const string OrderId = "order-2026-000123";

    public const string PaymentReferenceId = "2da5c87d-0384-50e8-a7f3-8d5646dd9e10";

    private const string DeviceUuid = "7c1d8d54-93a8-4b0c-8b6e-3f4b0e7f1a11";

    private static readonly DateTimeOffset StartedAt = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    public static readonly OrderRequest OrderRequest = new()
    {
        Id = OrderId,
        MerchantId = Identifiers.DefaultMerchant,
        PaymentScenario = PaymentScenario.Yookassa,
        PaymentReferenceId = PaymentReferenceId,
        DeviceUuid = DeviceUuid,
        DrinkNumber = "17",
        DrinkName = "Cappuccino",
        Size = DrinkSize.Medium,
        Price = 15000,
        Currency = Identifiers.DefaultCurrency,
    };

    public static readonly OrderResponse Order = OrderResponse.From(new PaymentOrder
    {
        Registration = new OrderRegistration
        {
            Id = OrderId,
            MerchantId = Identifiers.DefaultMerchant,
            PaymentScenario = PaymentScenario.Yookassa,
            PaymentReferenceId = PaymentReferenceId,
            DeviceUuid = DeviceUuid,
            DrinkNumber = "17",
            DrinkName = "Cappuccino",
            Size = DrinkSize.Medium,
            Price = new Money(15000, Identifiers.DefaultCurrency),
            PaymentStartedAt = StartedAt,
            ExpiresAt = StartedAt.AddMinutes(15),
        },
        Status = OrderStatus.Pending,
        StatusChangedAt = StartedAt,
        CheckAttempts = 2,
        LastCheckAt = StartedAt.AddSeconds(10),
        DueAt = StartedAt.AddSeconds(15),
        Track = Track.Fast,
        Revision = 3,
        History =
        [
            new HistoryEntry { At = StartedAt, Kind = HistoryKind.Registered, Status = OrderStatus.Pending },
            new HistoryEntry
            {
                At = StartedAt.AddSeconds(5),
                LastAt = StartedAt.AddSeconds(10),
                Kind = HistoryKind.Checked,
                Status = OrderStatus.Pending,
                Detail = "pending",
                Count = 2,
            },
        ],
    });

    public static readonly OrderListResponse OrderList = new()
    {
        Items = [Order],
        NextCursor = Input.PageCursor.Write("pending", OrderId, StartedAt),
    };

    public static readonly ResolveRequest ResolveRequest = new()
    {
        Outcome = ResolutionOutcome.Made,
        Note = "The barista made it by hand.",
    };

    public static readonly SessionRequest SessionRequest = new()
    {
        Key = "coffee_bm90IGEga2V5IGJ1dCBhbiBleGFtcGxlIG9mIG9uZQ",
    };

    public static readonly SessionResponse Session = new() { SignedIn = true, Required = true, Name = "anna" };

    public static readonly WebhookRequest WebhookRequest = new()
    {
        Type = "notification",
        Event = "payment.succeeded",
        Object = new WebhookObject { Id = PaymentReferenceId },
    };

    public static readonly SweepResponse Sweep = new()
    {
        StartedAt = StartedAt,
        DurationMs = 12.5,
        Pending = 1204,
        Overdue = 3,
        Restarted = 3,
        Repaired = 0,
        Unreachable = 0,
        Forgotten = 0,
    };

    private static readonly Dictionary<Track, long> Tracks =
        new() { [Track.Fast] = 1100, [Track.Slow] = 104, [Track.Late] = 0 };

    public static readonly StatsResponse Stats = new()
    {
        OrdersByStatus = Enum.GetValues<OrderStatus>().ToDictionary(s => s, s => s == OrderStatus.Pending ? 1204L : 0L),
        OrdersByTrack = Tracks,
        Attention = 2,
        Checks = 86400,
        ChecksPerSecond = 221.7,
        Lateness = new PercentilesResponse { P50Ms = 1.5, P99Ms = 12 },
        Silos =
        [
            new SiloResponse
            {
                Address = "S127.0.0.1:11111:128764800",
                Status = "active",
                StartedAt = StartedAt,
                OrdersByTrack = Tracks,
                Checks = 86400,
                ChecksPerSecond = 221.7,
                Lateness = new PercentilesResponse { P50Ms = 1.5, P99Ms = 12 },
            },
        ],
        Providers =
        [
            new ProviderResponse
            {
                MerchantId = Identifiers.DefaultMerchant,
                Circuit = Statistics.CircuitState.Closed,
                Requests = 13302,
                ErrorRate = 0,
                Latency = new PercentilesResponse { P50Ms = 51, P99Ms = 80 },
            },
        ],
    };

    public static readonly StatsHistoryResponse History = new()
    {
        IntervalS = 10,
        Points =
        [
            new StatsPointResponse
            {
                At = StartedAt,
                OrdersByTrack = new Dictionary<Track, long> { [Track.Fast] = 1100, [Track.Slow] = 104 },
                ChecksPerSecond = 221.7,
                Lateness = new PercentilesResponse { P50Ms = 1.5, P99Ms = 12 },
                ProviderErrorRate = 0,
                ProviderLatencyP99Ms = 80,
                Circuit = Statistics.CircuitState.Closed,
            },
        ],
    };

    public const string StatsEvent =
        "event: stats\ndata: {\"attention\":2, ... }\n\n"
        + "event: point\ndata: {\"at\":\"2026-01-31T09:00:00+00:00\", ... }\n\n";

    public static readonly ConsoleResponse Console = new()
    {
        Language = "en",
        Version = "1.0.0",
        ServiceId = "coffee",
        ClusterId = "coffee",
        SandboxUrl = null,
    };

    public static readonly TestOrderRequest TestOrderRequest = new() { Ending = TestOrderEnding.PaidLate };

    public static readonly HealthResponse Healthy = HealthOf("healthy", "The storage answers.");

    public static readonly HealthResponse Unhealthy = HealthOf("unhealthy", "The storage does not answer.");

    public static readonly HealthResponse Alive = new()
    {
        Status = "healthy",
        Checks = new Dictionary<string, HealthCheckResponse>(StringComparer.Ordinal),
    };

    public static readonly string Event =
        $"event: order\nid: {Order.Revision}\ndata: {{\"id\":\"{OrderId}\",\"status\":\"pending\", ... }}\n\n";

    public const string Metrics =
        "# HELP http_server_request_duration_seconds Duration of HTTP server requests.\n"
        + "# TYPE http_server_request_duration_seconds histogram\n"
        + "http_server_request_duration_seconds_count{http_route=\"/v1/orders\"} 3\n";

    private static HealthResponse HealthOf(string status, string description) => new()
    {
        Status = status,
        Checks = new Dictionary<string, HealthCheckResponse>(StringComparer.Ordinal)
        {
            ["storage"] = new() { Status = status, Description = description, DurationMs = 0.8 },
        },
    };
}
