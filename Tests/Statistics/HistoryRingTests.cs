using CoffeePayment.Grains.Statistics;
using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Statistics;

public class HistoryRingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HistoryRing _ring = new();

    [Fact]
    public void Sample_FirstFigures_AreOnlyComparedWith()
    {
        Assert.Null(_ring.Sample(Figures(3, checks: 100)));
        Assert.Empty(_ring.Points);
    }

    [Fact]
    public void Sample_EveryTwoSeconds_MakesAPointAtTheEndOfEachInterval()
    {
        for (var second = 1; second <= 25; second += 2) _ring.Sample(Figures(second, checks: second * 7));

        Assert.Equal([Noon.AddSeconds(10), Noon.AddSeconds(20)], _ring.Points.Select(point => point.At));
        Assert.All(_ring.Points, point => Assert.Equal(7, point.ChecksPerSecond));
    }

    [Fact]
    public void Sample_AfterAPause_IsOnePointWithTheRateOfTheWholePause()
    {
        _ring.Sample(Figures(1, checks: 0));

        var point = _ring.Sample(Figures(101, checks: 500))!;

        Assert.Equal((Noon.AddSeconds(100), 5.0), (point.At, point.ChecksPerSecond));
    }

    [Fact]
    public void Sample_MoreThanAnHour_KeepsTheLastOne()
    {
        for (var second = 0; second <= 7200; second += 10) _ring.Sample(Figures(second, checks: 0));

        Assert.Equal(361, _ring.Points.Length);
        Assert.Equal(Noon.AddHours(1), _ring.Points[0].At);
        Assert.Equal(Noon.AddHours(2), _ring.Points[^1].At);
    }

    [Fact]
    public void Sample_SeveralMerchants_WeighsErrorsAndTellsTheWorst()
    {
        _ring.Sample(Figures(0, checks: 0));

        var point = _ring.Sample(Figures(10, checks: 0) with
        {
            OrdersByTrack = new() { [Track.Fast] = 3, [Track.Slow] = 4 },
            Providers =
            [
                Provider(requests: 30, errorRate: 0, p99Ms: 90, CircuitState.HalfOpen),
                Provider(requests: 10, errorRate: 0.4, p99Ms: 70, CircuitState.Closed),
            ],
        })!;

        Assert.Equal((3, 4), (point.Fast, point.Slow));
        Assert.Equal((40, 0.1, 90), (point.ProviderRequests, point.ProviderErrorRate, point.ProviderLatencyP99Ms));
        Assert.Equal(CircuitState.HalfOpen, point.Circuit);
    }

    private static SiloFigures Figures(int second, long checks) => new()
    {
        Silo = "silo-1",
        At = Noon.AddSeconds(second),
        StartedAt = Noon,
        OrdersByTrack = [],
        Checks = checks,
        ChecksPerSecond = 0,
        LatenessP50Ms = 0,
        LatenessP99Ms = 0,
        Providers = [],
    };

    private static ProviderHealth Provider(long requests, double errorRate, double p99Ms, CircuitState circuit) => new()
    {
        MerchantId = "default",
        Circuit = circuit,
        Requests = requests,
        ErrorRate = errorRate,
        LatencyP50Ms = 0,
        LatencyP99Ms = p99Ms,
    };
}
