using System.Net;
using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Api;

public sealed class InspectionTests : IAsyncLifetime
{
    private static readonly SiloAddress First = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);

    private static readonly SiloAddress Second = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11112), 2);

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Schedule_WithoutAPart_IsWhatIsDueLaterPageByPage()
    {
        for (var i = 1; i <= 5; i++)
        {
            _api.Cluster.Add($"order-{i}");
            _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var pages = new List<string[]>();
        var cursor = "";
        while (cursor is not null)
        {
            var page = (await _api.GetAsync($"/v1/schedule?limit=2{cursor}")).Json;
            pages.Add(
                [.. page.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("order_id").GetString()!)]);
            Assert.Equal(5, page.GetProperty("scheduled").GetInt64());
            var next = page.GetProperty("next_cursor").GetString();
            cursor = next is null ? null : $"&cursor={next}";
        }

        Assert.Equal([["order-1", "order-2"], ["order-3", "order-4"], ["order-5"]], pages);
    }

    [Fact]
    public async Task Schedule_Due_SaysForHowLongAndWhichAreUnderWay()
    {
        var first = _api.Cluster.Add("order-1");
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        _api.Cluster.Add("order-2");
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(4.5));
        _api.Cluster.Add("order-3");
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        _api.Cluster.Service.Figures = [FiguresOf(First, new ActiveCheck("order-2", "default", first.DueAt!.Value))];

        var answer = await _api.GetAsync("/v1/schedule?part=due");

        answer.AssertJson(
            $$"""
            {"read_at":"{{Time(6.5)}}","scheduled":3,"items":[
            {"order_id":"order-1","due_at":"{{Time(5)}}","overdue_ms":1500,"is_under_way":false},
            {"order_id":"order-2","due_at":"{{Time(6)}}","overdue_ms":500,"is_under_way":true}],"next_cursor":null}
            """);

        string Time(double seconds) =>
            first.DueAt!.Value.AddSeconds(seconds - 5).ToString("yyyy-MM-ddTHH:mm:ss.FFFzzz");
    }

    [Theory]
    [InlineData("?part=later", "part: must be one of: upcoming, due")]
    [InlineData("?limit=0", "limit: must be a whole number from 1 to 500")]
    [InlineData("?cursor=x", "cursor: must be the next_cursor of a page of the same part")]
    public async Task Schedule_BadQuery_Is422NamingTheParameter(string query, string error)
    {
        var answer = await _api.GetAsync($"/v1/schedule{query}");

        Assert.Equal((422, error), (answer.Status, answer.Errors));
    }

    [Fact]
    public async Task Schedule_CursorOfTheOtherPart_IsRefused()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Add("order-2");
        var upcoming = (await _api.GetAsync("/v1/schedule?limit=1")).Json.GetProperty("next_cursor").GetString();

        var answer = await _api.GetAsync($"/v1/schedule?part=due&cursor={upcoming}");

        Assert.Equal(422, answer.Status);
    }

    [Fact]
    public async Task Checks_OfSeveralSilos_AreCountedAndTheLongestNamed()
    {
        var now = _api.Cluster.Time.GetUtcNow();
        _api.Cluster.Service.Figures =
        [
            FiguresOf(Second) with { ChecksUnderWay = 2 },
            FiguresOf(First, new ActiveCheck("order-1", "north", now.AddMilliseconds(-750))) with
            {
                ChecksUnderWay = 40,
            },
        ];

        var answer = await _api.GetAsync("/v1/checks");

        answer.AssertJson(
            $$"""
            {"under_way":42,"silos":[
            {"address":"{{First}}","reported_at":"{{now:yyyy-MM-ddTHH:mm:sszzz}}","under_way":40,"longest":[
            {"order_id":"order-1","merchant_id":"north",
            "started_at":"{{now.AddMilliseconds(-750):yyyy-MM-ddTHH:mm:ss.FFFzzz}}","running_ms":750}]},
            {"address":"{{Second}}","reported_at":"{{now:yyyy-MM-ddTHH:mm:sszzz}}","under_way":2,"longest":[]}]}
            """);
    }

    [Fact]
    public async Task Jobs_AreThoseOfTheSettingsInForce()
    {
        _api.Cluster.Service.Plan = _api.Cluster.Service.Plan with
        {
            IsSweepReminderThere = false,
            LastSweep = _api.Cluster.Service.Report,
            LateChecks = [TimeSpan.FromSeconds(90), TimeSpan.FromHours(6)],
        };
        _api.Cluster.Service.Grains =
        [
            GrainsOf("CoffeePayment.Grains.Orders.PendingPaymentGrain", First, 3),
            GrainsOf("CoffeePayment.Grains.Orders.PendingPaymentGrain,CoffeePayment.Grains", Second, 4),
            GrainsOf("Orleans.Runtime.Management.ManagementGrain", First, 1),
        ];

        var jobs = (await _api.GetAsync("/v1/jobs")).Json;

        Assert.Equal(
            """[{"name":"sweep","period_s":10,"is_there":false}]""", jobs.GetProperty("reminders").GetRawText());
        Assert.Equal(
            """[{"name":"PendingPaymentGrain","silos":2,"activations":7}]""", jobs.GetProperty("grains").GetRawText());
        Assert.Equal(
            [
                "fast_check timer: every 5 s for each order whose payment is at most 5 min old",
                "slow_check timer: every 60 s for each order whose payment is older",
                "late_check sweep: 90 s, 6 h after an order was given up",
                "sweep reminder: every 10 s: restarts orders whose check is overdue",
                "retention sweep: deletes orders that have been done for 30 d",
                "takeover event: when a silo is declared dead: restarts the orders that it held",
            ],
            jobs.GetProperty("jobs").EnumerateArray().Select(job =>
                $"{job.GetProperty("name")} {job.GetProperty("driven_by")}: {job.GetProperty("schedule")}"));
        Assert.Equal(
            "2026-03-01T12:00:00+00:00", jobs.GetProperty("jobs")[3].GetProperty("last_at").GetString());
    }

    private SiloFigures FiguresOf(SiloAddress silo, params ActiveCheck[] longest) => new()
    {
        Silo = silo.ToString(),
        At = _api.Cluster.Time.GetUtcNow(),
        StartedAt = _api.Cluster.Time.GetUtcNow(),
        OrdersByTrack = new Dictionary<Track, long>(),
        Checks = 0,
        ChecksPerSecond = 0,
        LatenessP50Ms = 0,
        LatenessP99Ms = 0,
        Providers = [],
        LongestChecks = longest,
    };

    private static SimpleGrainStatistic GrainsOf(string type, SiloAddress silo, int activations) =>
        new() { GrainType = type, SiloAddress = silo, ActivationCount = activations };
}
