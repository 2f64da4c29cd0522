namespace CoffeePayment.Statistics;

/// <summary>How the provider answers for one merchant. Rates and latencies are over the last minute.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.ProviderHealth")]
public sealed record ProviderHealth
{
    [Id(0)]
    public required string MerchantId { get; init; }

    /// <summary>Whether the circuit lets requests through.</summary>
    [Id(1)]
    public required CircuitState Circuit { get; init; }

    /// <summary>Requests sent.</summary>
    [Id(2)]
    public required long Requests { get; init; }

    /// <summary>Share of requests without a usable answer, 0 to 1; 0 if there were none.</summary>
    [Id(3)]
    public required double ErrorRate { get; init; }

    /// <summary>Half of the answers came within this. Milliseconds.</summary>
    [Id(4)]
    public required double LatencyP50Ms { get; init; }

    /// <summary>99 % of the answers came within this. Milliseconds.</summary>
    [Id(5)]
    public required double LatencyP99Ms { get; init; }
}

/// <summary>The state of a circuit breaker.</summary>
public enum CircuitState
{
    /// <summary>Requests go through.</summary>
    Closed,

    /// <summary>A shared outage was seen: nothing is asked for a while.</summary>
    Open,

    /// <summary>One request is let through to see whether the outage is over.</summary>
    HalfOpen,
}
