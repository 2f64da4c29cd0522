using System.Text.Json;
using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Api;

public sealed class StatsHistoryTests : IAsyncLifetime
{
    /// <summary>Only a failing test ever waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private ApiHarness _api = null!;

    private DateTimeOffset Now => _api.Cluster.Time.GetUtcNow();

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task History_TwoSilos_IsOneRowOfPoints()
    {
        _api.Cluster.Service.History =
        [
            new("silo-1", [Point(Now, 30), Point(Now.AddSeconds(10), 30)]),
            new("silo-2", [Point(Now.AddSeconds(10), 10) with { LatenessP99Ms = 40, Circuit = CircuitState.Open }]),
        ];

        var history = (await _api.GetAsync("/v1/stats/history")).Json;

        Assert.Equal(10, history.GetProperty("interval_s").GetInt32());
        Assert.Equal(
            [(Now, 2, 30.0, 5.0, "closed"), (Now.AddSeconds(10), 4, 40.0, 40.0, "open")],
            history.GetProperty("points").EnumerateArray().Select(point => (
                point.GetProperty("at").GetDateTimeOffset(),
                point.GetProperty("orders_by_track").GetProperty("slow").GetInt32(),
                point.GetProperty("checks_per_second").GetDouble(),
                point.GetProperty("lateness").GetProperty("p99_ms").GetDouble(),
                point.GetProperty("circuit").GetString())));
    }

    [Fact]
    public async Task Events_AsTimeGoesOn_AreFiguresAndEveryNewPointOnce()
    {
        _api.Cluster.Service.History = [new("silo-1", [Point(Now, 1)])];
        using var stream = await OpenAsync();

        var first = await ReadAsync(stream, 2);
        _api.Cluster.Service.History = [new("silo-1", [Point(Now, 1), Point(Now.AddSeconds(10), 2)])];
        await NextPeriodAsync();
        var second = await ReadAsync(stream, 2);
        await NextPeriodAsync();
        var third = await ReadAsync(stream, 1);

        Assert.Equal(["stats", "point 1"], first);
        Assert.Equal(["stats", "point 2"], second);
        Assert.Equal(["stats"], third);
    }

    [Fact]
    public async Task Events_SecondSiloTellsOfTheSameMoment_SendsThePointAgain()
    {
        _api.Cluster.Service.History = [new("silo-1", [Point(Now, 1)])];
        using var stream = await OpenAsync();
        await ReadAsync(stream, 2);

        _api.Cluster.Service.History = [new("silo-1", [Point(Now, 1)]), new("silo-2", [Point(Now, 4)])];
        await NextPeriodAsync();

        Assert.Equal(["stats", "point 5"], await ReadAsync(stream, 2));
    }

    [Fact]
    public async Task Events_ManyConsoles_AskTheClusterOnce()
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OpenAsync()));
        foreach (var stream in streams)
        {
            await ReadAsync(stream, 1);
            stream.Dispose();
        }

        Assert.Equal(1, _api.Cluster.Service.Asked);
    }

    [Fact]
    public async Task Events_ClusterOutOfReach_Is503()
    {
        _api.Cluster.Failure = new TimeoutException();

        var answer = await _api.GetAsync("/v1/stats/events");

        Assert.Equal(503, answer.Status);
    }

    private static SiloPoint Point(DateTimeOffset at, double checksPerSecond) => new()
    {
        At = at,
        Fast = 1,
        Slow = 2,
        ChecksPerSecond = checksPerSecond,
        LatenessP50Ms = 1,
        LatenessP99Ms = 5,
        ProviderRequests = 6,
        ProviderErrorRate = 0,
        ProviderLatencyP99Ms = 7,
        Circuit = CircuitState.Closed,
    };

    private Task<EventReader> OpenAsync() =>
        EventReader.OpenAsync(_api.Http, "/v1/stats/events", lastEventId: null, Patience);

    private async Task NextPeriodAsync()
    {
        await _api.Cluster.Time.WhenTimerArmedAsync(Period).WaitAsync(Patience);
        _api.Cluster.Time.Advance(Period);
    }

    /// <summary>The next events: their names, and of points the checks a second.</summary>
    private static async Task<List<string>> ReadAsync(EventReader stream, int count)
    {
        var events = new List<string>();
        var name = "";
        while (events.Count < count && await stream.LineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;

            var data = JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
            events.Add(name == "point" ? $"point {data.GetProperty("checks_per_second").GetDouble()}" : name);
        }

        return events;
    }
}
