using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Grains;

public sealed class StatisticsGrainTests : IAsyncLifetime
{
    private PaymentCluster _cluster = null!;

    private IStatisticsGrain Statistics => _cluster.Grains.GetGrain<IStatisticsGrain>(0);

    private DateTimeOffset Now => _cluster.Time.GetUtcNow();

    public async Task InitializeAsync() => _cluster = await PaymentCluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Record_SiloItDoesNotKnow_SaysThatItWantsEverything()
    {
        var first = await Statistics.RecordAsync(new SiloHistory("silo-x", [Point(Now)]));
        var second = await Statistics.RecordAsync(new SiloHistory("silo-x", [Point(Now.AddSeconds(10))]));

        Assert.Equal((false, true), (first, second));
    }

    [Fact]
    public async Task History_PointsToldTwice_AreThereOnceInOrder()
    {
        await Statistics.RecordAsync(new SiloHistory("silo-x", [Point(Now.AddSeconds(10))]));
        await Statistics.RecordAsync(new SiloHistory("silo-x", [Point(Now), Point(Now.AddSeconds(10))]));

        var all = await OfAsync("silo-x", after: null);
        var later = await OfAsync("silo-x", after: Now);

        Assert.Equal([Now, Now.AddSeconds(10)], all);
        Assert.Equal([Now.AddSeconds(10)], later);
    }

    [Fact]
    public async Task History_OlderThanAnHour_IsDropped()
    {
        var at = Now;
        await Statistics.RecordAsync(new SiloHistory("silo-x", [Point(at)]));
        _cluster.Time.Advance(SiloPoint.Span);
        var after = await OfAsync("silo-x", after: null);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([at], after);
        Assert.DoesNotContain("silo-x", (await Statistics.GetHistoryAsync(after: null)).Select(h => h.Silo));
    }

    private async Task<IEnumerable<DateTimeOffset>> OfAsync(string silo, DateTimeOffset? after) =>
        (await Statistics.GetHistoryAsync(after)).Single(history => history.Silo == silo).Points.Select(p => p.At);

    private static SiloPoint Point(DateTimeOffset at) => new()
    {
        At = at,
        Fast = 1,
        Slow = 2,
        ChecksPerSecond = 3,
        LatenessP50Ms = 4,
        LatenessP99Ms = 5,
        ProviderRequests = 6,
        ProviderErrorRate = 0,
        ProviderLatencyP99Ms = 7,
        Circuit = CircuitState.Closed,
    };
}
