using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Api.Contracts;

/// <summary>How the service was doing in the last hour, all silos together.</summary>
internal sealed record StatsHistoryResponse
{
    /// <summary>How far apart points are. Seconds.</summary>
    public required int IntervalS { get; init; }

    /// <summary>
    /// The points, oldest first. Where one is missing nobody counted: the service did not run, or was paused.
    /// </summary>
    public required IReadOnlyList<StatsPointResponse> Points { get; init; }
}

/// <summary>How the service was doing at one moment.</summary>
internal sealed record StatsPointResponse
{
    /// <summary>When. UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// How many orders were looked after, by track; late ones are in no silo, so they are not among them.
    /// </summary>
    public required IReadOnlyDictionary<Track, long> OrdersByTrack { get; init; }

    /// <summary>Checks started a second since the point before.</summary>
    public required double ChecksPerSecond { get; init; }

    /// <summary>How late checks of the minute before started after they were due.</summary>
    public required PercentilesResponse Lateness { get; init; }

    /// <summary>Share of requests to the provider without a usable answer in the minute before, 0 to 1.</summary>
    public required double ProviderErrorRate { get; init; }

    /// <summary>99 % of the provider's answers came within this, in the minute before. Milliseconds.</summary>
    public required double ProviderLatencyP99Ms { get; init; }

    /// <summary>Whether requests to the provider were let through; of several silos and merchants the worst.</summary>
    public required CircuitState Circuit { get; init; }
}
