using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Puts the figures of all silos together.</summary>
internal static class StatsBuilder
{
    private static readonly PercentilesResponse NothingMeasured = new() { P50Ms = 0, P99Ms = 0 };

    public static StatsResponse Build(
        OrderCounts counts,
        IReadOnlyList<SiloFigures> figures,
        IReadOnlyDictionary<SiloAddress, SiloStatus> hosts) => new()
        {
            OrdersByStatus = Enum.GetValues<OrderStatus>().ToDictionary(
                status => status, status => counts.ByStatus.GetValueOrDefault(status)),
            OrdersByTrack = new Dictionary<Track, long>(SumByTrack(figures)) { [Track.Late] = counts.Late },
            Attention = counts.Attention,
            Checks = figures.Sum(f => f.Checks),
            ChecksPerSecond = figures.Sum(f => f.ChecksPerSecond),
            Lateness = Combine(figures, f => f.ChecksPerSecond, f => f.LatenessP50Ms, f => f.LatenessP99Ms),
            Silos =
            [
                .. hosts.Where(host => host.Value != SiloStatus.Dead)
                    .Select(host => ToSilo(host.Key, host.Value, figures))
                    .OrderBy(silo => silo.Address, StringComparer.Ordinal),
            ],
            Providers =
            [
                .. figures.SelectMany(f => f.Providers)
                    .GroupBy(provider => provider.MerchantId, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => ToProvider(group.Key, [.. group])),
            ],
        };

    /// <summary>The points of all silos put together, oldest first: those of the same moment are one.</summary>
    public static StatsHistoryResponse BuildHistory(IReadOnlyList<SiloHistory> histories) => new()
    {
        IntervalS = (int)SiloPoint.Interval.TotalSeconds,
        Points =
        [
            .. histories.SelectMany(history => history.Points)
                .GroupBy(point => point.At)
                .OrderBy(group => group.Key)
                .Select(group => ToPoint(group.Key, [.. group])),
        ],
    };

    private static StatsPointResponse ToPoint(DateTimeOffset at, IReadOnlyList<SiloPoint> parts) => new()
    {
        At = at.ToUniversalTime(),
        OrdersByTrack = new Dictionary<Track, long>
        {
            [Track.Fast] = parts.Sum(part => part.Fast),
            [Track.Slow] = parts.Sum(part => part.Slow),
        },
        ChecksPerSecond = Math.Round(parts.Sum(part => part.ChecksPerSecond), 1),
        Lateness = Combine(parts, p => p.ChecksPerSecond, p => p.LatenessP50Ms, p => p.LatenessP99Ms),
        ProviderErrorRate = WeightedMean(parts, p => p.ProviderRequests, p => p.ProviderErrorRate),
        ProviderLatencyP99Ms = parts.Max(part => part.ProviderLatencyP99Ms),
        Circuit = parts.MaxBy(part => Badness(part.Circuit))!.Circuit,
    };

    private static SiloResponse ToSilo(SiloAddress address, SiloStatus status, IReadOnlyList<SiloFigures> all)
    {
        var name = address.ToString();
        var figures = all.Where(f => f.Silo == name).ToList();
        return new SiloResponse
        {
            Address = name,
            Status = WireNames.Of(status),
            StartedAt = figures.Count == 0 ? null : figures[0].StartedAt.ToUniversalTime(),
            OrdersByTrack = SumByTrack(figures),
            Checks = figures.Sum(f => f.Checks),
            ChecksPerSecond = figures.Sum(f => f.ChecksPerSecond),
            Lateness = Combine(figures, f => f.ChecksPerSecond, f => f.LatenessP50Ms, f => f.LatenessP99Ms),
        };
    }

    private static ProviderResponse ToProvider(string merchantId, IReadOnlyList<ProviderHealth> seen) => new()
    {
        MerchantId = merchantId,
        Circuit = seen.MaxBy(p => Badness(p.Circuit))!.Circuit,
        Requests = seen.Sum(p => p.Requests),
        ErrorRate = WeightedMean(seen, p => p.Requests, p => p.ErrorRate),
        Latency = Combine(seen, p => p.Requests, p => p.LatencyP50Ms, p => p.LatencyP99Ms),
    };

    private static int Badness(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };

    private static Dictionary<Track, long> SumByTrack(IReadOnlyList<SiloFigures> figures) =>
        Enum.GetValues<Track>().ToDictionary(
            track => track, track => figures.Sum(f => f.OrdersByTrack.GetValueOrDefault(track)));

    private static PercentilesResponse Combine<T>(
        IReadOnlyList<T> parts, Func<T, double> weight, Func<T, double> p50Ms, Func<T, double> p99Ms)
    {
        var measured = parts.Where(part => weight(part) > 0).ToList();
        return measured.Count == 0
            ? NothingMeasured
            : new() { P50Ms = WeightedMean(measured, weight, p50Ms), P99Ms = measured.Max(p99Ms) };
    }

    private static double WeightedMean<T>(IReadOnlyList<T> parts, Func<T, double> weight, Func<T, double> value)
    {
        var total = parts.Sum(weight);
        return total > 0 ? parts.Sum(part => weight(part) * value(part)) / total : 0;
    }
}
