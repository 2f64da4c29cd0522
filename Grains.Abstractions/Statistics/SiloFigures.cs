using CoffeePayment.Orders;

namespace CoffeePayment.Statistics;

/// <summary>How one silo is doing. Rates and percentiles are over the last minute.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.SiloFigures")]
public sealed record SiloFigures
{
    /// <summary>Its address, as Orleans prints it.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>When the figures were taken. UTC.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>When the process started. UTC.</summary>
    [Id(2)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Orders that are looked after in this silo, by track.</summary>
    [Id(3)]
    public required Dictionary<Track, long> OrdersByTrack { get; init; }

    /// <summary>Checks started since the process started.</summary>
    [Id(4)]
    public required long Checks { get; init; }

    /// <summary>Checks started a second.</summary>
    [Id(5)]
    public required double ChecksPerSecond { get; init; }

    /// <summary>How late checks started after they were due, half of them at most. Milliseconds.</summary>
    [Id(6)]
    public required double LatenessP50Ms { get; init; }

    /// <summary>How late checks started after they were due, 99 % of them at most. Milliseconds.</summary>
    [Id(7)]
    public required double LatenessP99Ms { get; init; }

    /// <summary>How the payment provider looks from here, a merchant an entry.</summary>
    [Id(8)]
    public required ProviderHealth[] Providers { get; init; }

    /// <summary>Checks under way.</summary>
    [Id(9)]
    public long ChecksUnderWay { get; init; }

    /// <summary>Those of them that have been under way longest, longest first; at most 64.</summary>
    [Id(10)]
    public ActiveCheck[] LongestChecks { get; init; } = [];
}
