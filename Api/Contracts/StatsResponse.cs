using CoffeePayment.Orders;
using CoffeePayment.Statistics;

namespace CoffeePayment.Api.Contracts;

/// <summary>How the service is doing. Rates and percentiles are over the last minute.</summary>
internal sealed record StatsResponse
{
    /// <summary>How many orders there are in each status; every status is there.</summary>
    public required IReadOnlyDictionary<OrderStatus, long> OrdersByStatus { get; init; }

    /// <summary>How many orders are on each track; every track is there. Those on late checks are in no silo.</summary>
    public required IReadOnlyDictionary<Track, long> OrdersByTrack { get; init; }

    /// <summary>How many orders wait for a person.</summary>
    public required long Attention { get; init; }

    /// <summary>Checks started since the silos that run now were started.</summary>
    public required long Checks { get; init; }

    /// <summary>Checks started a second, all silos together.</summary>
    public required double ChecksPerSecond { get; init; }

    /// <summary>How late checks started after they were due.</summary>
    public required PercentilesResponse Lateness { get; init; }

    /// <summary>The silos of the cluster.</summary>
    public required IReadOnlyList<SiloResponse> Silos { get; init; }

    /// <summary>How the payment provider answers, a merchant an entry, seen from all silos together.</summary>
    public required IReadOnlyList<ProviderResponse> Providers { get; init; }
}

/// <summary>
/// Two percentiles, in milliseconds. Of several silos: <c>p50_ms</c> is their mean, weighted by what each counted, and
/// <c>p99_ms</c> the highest, which the true one does not exceed.
/// </summary>
internal sealed record PercentilesResponse
{
    /// <summary>Half are at most this. Milliseconds.</summary>
    public required double P50Ms { get; init; }

    /// <summary>99 % are at most this. Milliseconds.</summary>
    public required double P99Ms { get; init; }
}

/// <summary>One silo.</summary>
internal sealed record SiloResponse
{
    /// <summary>Its address, as Orleans prints it.</summary>
    public required string Address { get; init; }

    /// <summary>Where it stands in the cluster: <c>active</c>, <c>joining</c>, <c>stopping</c> and so on.</summary>
    public required string Status { get; init; }

    /// <summary>When its process started, UTC; null while it has not reported figures.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>How many orders are in its care, by track.</summary>
    public required IReadOnlyDictionary<Track, long> OrdersByTrack { get; init; }

    /// <summary>Checks started since its process started.</summary>
    public required long Checks { get; init; }

    /// <summary>Checks started a second.</summary>
    public required double ChecksPerSecond { get; init; }

    /// <summary>How late its checks started after they were due.</summary>
    public required PercentilesResponse Lateness { get; init; }
}

/// <summary>How the payment provider answers for one merchant.</summary>
internal sealed record ProviderResponse
{
    /// <summary>The merchant.</summary>
    public required string MerchantId { get; init; }

    /// <summary>Whether requests are let through; of several silos, the worst.</summary>
    public required CircuitState Circuit { get; init; }

    /// <summary>Requests sent.</summary>
    public required long Requests { get; init; }

    /// <summary>Share of requests without a usable answer, 0 to 1.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>How fast the answers came.</summary>
    public required PercentilesResponse Latency { get; init; }
}
