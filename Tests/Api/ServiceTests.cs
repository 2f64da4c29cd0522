using System.Net;
using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Api;

public sealed class ServiceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset StartedAt = new(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(3));

    private static readonly SiloAddress First = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);

    private static readonly SiloAddress Second = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11112), 2);

    private static readonly SiloAddress Third = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11113), 3);

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Sweep_IsAnsweredWithItsReport()
    {
        var answer = await _api.PostAsync("/v1/sweeps");

        Assert.Equal(200, answer.Status);
        answer.AssertJson(
            """
            {"started_at":"2026-03-01T12:00:00+00:00","duration_ms":12.5,"pending":7,"overdue":3,"restarted":2,
            "repaired":1,"unreachable":4,"forgotten":5}
            """);
    }

    [Fact]
    public async Task Stats_NothingYet_NamesEveryStatusAndTrackWithZero()
    {
        var answer = await _api.GetAsync("/v1/stats");

        answer.AssertJson(
            """
            {"orders_by_status":{"pending":0,"paid":0,"make_pending":0,"successful":0,"manual_make":0,"make_failed":0,
            "not_paid":0,"failed":0,"refunded":0},"orders_by_track":{"fast":0,"slow":0,"late":0},"attention":0,"checks":0,
            "checks_per_second":0,"lateness":{"p50_ms":0,"p99_ms":0},"silos":[],"providers":[]}
            """);
    }

    [Fact]
    public async Task Stats_SeveralSilos_AreSummedAndWeighed()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Add("order-2");
        _api.Cluster.Add("order-3");
        _api.Cluster.Order("order-2").Change(
            order => order with { Status = OrderStatus.ManualMake, DueAt = null });
        _api.Cluster.Order("order-3").Change(order => order with { Status = OrderStatus.Failed });
        _api.Cluster.Service.Hosts = new()
        {
            [Second] = SiloStatus.ShuttingDown,
            [First] = SiloStatus.Active,
            [Third] = SiloStatus.Dead,
        };
        _api.Cluster.Service.Figures =
        [
            FiguresOf(First, checks: 100, perSecond: 30, p50Ms: 1, p99Ms: 10),
            FiguresOf(Second, checks: 50, perSecond: 10, p50Ms: 5, p99Ms: 40),
        ];

        var stats = (await _api.GetAsync("/v1/stats")).Json;

        Assert.Equal(1, stats.GetProperty("orders_by_status").GetProperty("manual_make").GetInt64());
        Assert.Equal(1, stats.GetProperty("orders_by_status").GetProperty("pending").GetInt64());
        Assert.Equal("""{"fast":6,"slow":8,"late":1}""", stats.GetProperty("orders_by_track").GetRawText());
        Assert.Equal(150, stats.GetProperty("checks").GetInt64());
        Assert.Equal(40, stats.GetProperty("checks_per_second").GetDouble());
        Assert.Equal("""{"p50_ms":2,"p99_ms":40}""", stats.GetProperty("lateness").GetRawText());
        Assert.Equal(
            [
                (First.ToString(), "active", "2026-03-01T11:00:00+00:00"),
                (Second.ToString(), "shutting_down", "2026-03-01T11:00:00+00:00"),
            ],
            stats.GetProperty("silos").EnumerateArray().Select(silo => (
                silo.GetProperty("address").GetString()!,
                silo.GetProperty("status").GetString()!,
                silo.GetProperty("started_at").GetString()!)));
    }

    [Fact]
    public async Task Stats_SiloThatHasNotReported_IsListedWithoutFigures()
    {
        _api.Cluster.Service.Hosts = new() { [First] = SiloStatus.Joining };

        var silo = (await _api.GetAsync("/v1/stats")).Json.GetProperty("silos")[0];

        Assert.Equal("joining", silo.GetProperty("status").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, silo.GetProperty("started_at").ValueKind);
        Assert.Equal(0, silo.GetProperty("checks").GetInt64());
    }

    [Fact]
    public async Task Stats_Providers_AreCombinedByMerchantAndShowTheWorstCircuit()
    {
        _api.Cluster.Service.Figures =
        [
            FiguresOf(First, 0, 0, 0, 0) with { Providers = [Health("north", CircuitState.HalfOpen, 30, 0, 50, 90)] },
            FiguresOf(Second, 0, 0, 0, 0) with
            {
                Providers =
                [
                    Health("north", CircuitState.Closed, 10, 0.4, 90, 70),
                    Health("default", CircuitState.Open, 0, 0, 0, 0),
                ],
            },
        ];

        var providers = (await _api.GetAsync("/v1/stats")).Json.GetProperty("providers");

        Assert.Equal(
            [("default", "open", 0, 0, 0, 0), ("north", "half_open", 40, 0.1, 60, 90)],
            providers.EnumerateArray().Select(provider => (
                provider.GetProperty("merchant_id").GetString()!,
                provider.GetProperty("circuit").GetString()!,
                provider.GetProperty("requests").GetInt32(),
                provider.GetProperty("error_rate").GetDouble(),
                provider.GetProperty("latency").GetProperty("p50_ms").GetDouble(),
                provider.GetProperty("latency").GetProperty("p99_ms").GetDouble())));
    }

    private static SiloFigures FiguresOf(
        SiloAddress silo, long checks, double perSecond, double p50Ms, double p99Ms) => new()
        {
            Silo = silo.ToString(),
            At = StartedAt,
            StartedAt = StartedAt,
            OrdersByTrack = new Dictionary<Track, long> { [Track.Fast] = 3, [Track.Slow] = 4 },
            Checks = checks,
            ChecksPerSecond = perSecond,
            LatenessP50Ms = p50Ms,
            LatenessP99Ms = p99Ms,
            Providers = [],
        };

    private static ProviderHealth Health(
        string merchant, CircuitState circuit, long requests, double errorRate, double p50Ms, double p99Ms) => new()
        {
            MerchantId = merchant,
            Circuit = circuit,
            Requests = requests,
            ErrorRate = errorRate,
            LatencyP50Ms = p50Ms,
            LatencyP99Ms = p99Ms,
        };
}
