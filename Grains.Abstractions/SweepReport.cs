namespace CoffeePayment;

/// <summary>What one sweep found and did.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.SweepReport")]
public sealed record SweepReport
{
    /// <summary>When it started. UTC.</summary>
    [Id(0)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many orders are in the due index.</summary>
    [Id(1)]
    public required long Pending { get; init; }

    /// <summary>How many of them were overdue by more than the grace.</summary>
    [Id(2)]
    public required int Overdue { get; init; }

    /// <summary>How many it restarted, late checks included.</summary>
    [Id(3)]
    public required int Restarted { get; init; }

    /// <summary>
    /// How many index entries it repaired or dropped: of orders that were done, or never acknowledged.
    /// </summary>
    [Id(4)]
    public required int Repaired { get; init; }

    /// <summary>How many it could not reach; the next sweep tries again.</summary>
    [Id(5)]
    public required int Unreachable { get; init; }

    /// <summary>How many orders past their retention it deleted.</summary>
    [Id(6)]
    public required int Forgotten { get; init; }

    /// <summary>How long it took.</summary>
    [Id(7)]
    public required TimeSpan Duration { get; init; }
}
