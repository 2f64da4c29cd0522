namespace CoffeePayment.Api.Contracts;

/// <summary>What one sweep found and did.</summary>
internal sealed record SweepResponse
{
    /// <summary>When it started. UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took. Milliseconds.</summary>
    public required double DurationMs { get; init; }

    /// <summary>How many orders wait for a check, late checks included.</summary>
    public required long Pending { get; init; }

    /// <summary>How many of them were overdue.</summary>
    public required int Overdue { get; init; }

    /// <summary>How many it restarted.</summary>
    public required int Restarted { get; init; }

    /// <summary>How many index entries it repaired or dropped.</summary>
    public required int Repaired { get; init; }

    /// <summary>How many orders it could not reach; the next sweep tries again.</summary>
    public required int Unreachable { get; init; }

    /// <summary>How many orders past their retention it deleted.</summary>
    public required int Forgotten { get; init; }

    internal static SweepResponse From(SweepReport report) => new()
    {
        StartedAt = report.StartedAt.ToUniversalTime(),
        DurationMs = report.Duration.TotalMilliseconds,
        Pending = report.Pending,
        Overdue = report.Overdue,
        Restarted = report.Restarted,
        Repaired = report.Repaired,
        Unreachable = report.Unreachable,
        Forgotten = report.Forgotten,
    };
}
