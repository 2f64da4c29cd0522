namespace CoffeePayment.Statistics;

/// <summary>How one silo was doing at one moment of the last hour.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.SiloPoint")]
public sealed record SiloPoint
{
    /// <summary>How far apart the points of a silo are.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How far back they go.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    /// <summary>When: a whole number of intervals since 1970, the same in every silo. UTC.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Orders on the fast track that the silo looked after.</summary>
    [Id(1)]
    public required long Fast { get; init; }

    /// <summary>Orders on the slow track that the silo looked after.</summary>
    [Id(2)]
    public required long Slow { get; init; }

    /// <summary>Checks started a second since the point before.</summary>
    [Id(3)]
    public required double ChecksPerSecond { get; init; }

    /// <summary>How late checks of the last minute started, half of them at most. Milliseconds.</summary>
    [Id(4)]
    public required double LatenessP50Ms { get; init; }

    /// <summary>How late checks of the last minute started, 99 % of them at most. Milliseconds.</summary>
    [Id(5)]
    public required double LatenessP99Ms { get; init; }

    /// <summary>Requests that were sent to the provider within the last minute, for all merchants.</summary>
    [Id(6)]
    public required long ProviderRequests { get; init; }

    /// <summary>Share of them without a usable answer, 0 to 1.</summary>
    [Id(7)]
    public required double ProviderErrorRate { get; init; }

    /// <summary>99 % of the answers came within this; of several merchants the slowest. Milliseconds.</summary>
    [Id(8)]
    public required double ProviderLatencyP99Ms { get; init; }

    /// <summary>Whether the circuit let requests through; of several merchants the worst.</summary>
    [Id(9)]
    public required CircuitState Circuit { get; init; }
}

/// <summary>The points of one silo, oldest first.</summary>
/// <param name="Silo">Its address, as Orleans prints it.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.SiloHistory")]
public sealed record SiloHistory(
    [property: Id(0)] string Silo,
    [property: Id(1)] SiloPoint[] Points);
