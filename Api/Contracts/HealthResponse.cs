namespace CoffeePayment.Api.Contracts;

/// <summary>Whether the process can do its work.</summary>
internal sealed record HealthResponse
{
    /// <summary><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>: the worst of the checks.</summary>
    public required string Status { get; init; }

    /// <summary>Each check by its name.</summary>
    public required IReadOnlyDictionary<string, HealthCheckResponse> Checks { get; init; }
}

/// <summary>What one check found.</summary>
internal sealed record HealthCheckResponse
{
    /// <summary><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What it found, in words; null if it said nothing.</summary>
    public required string? Description { get; init; }

    /// <summary>How long it took. Milliseconds.</summary>
    public required double DurationMs { get; init; }
}
