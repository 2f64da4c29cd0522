namespace CoffeePayment;

/// <summary>What the service does by itself, and how often.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.WorkPlan")]
public sealed record WorkPlan
{
    /// <summary>The name of the reminder that drives the sweeps.</summary>
    [Id(0)]
    public required string SweepReminder { get; init; }

    /// <summary>Whether that reminder exists; without it nobody restarts the orders of a silo that died.</summary>
    [Id(1)]
    public required bool IsSweepReminderThere { get; init; }

    /// <summary>From sweep to sweep.</summary>
    [Id(2)]
    public required TimeSpan SweepPeriod { get; init; }

    /// <summary>The last sweep since the sweeper came to its silo; null before the first.</summary>
    [Id(3)]
    public required SweepReport? LastSweep { get; init; }

    /// <summary>From check to check while the payment is at most <see cref="FastTrackLimit"/> old.</summary>
    [Id(4)]
    public required TimeSpan FastTrackInterval { get; init; }

    /// <summary>Up to which age a payment is on the fast track.</summary>
    [Id(5)]
    public required TimeSpan FastTrackLimit { get; init; }

    /// <summary>From check to check after that.</summary>
    [Id(6)]
    public required TimeSpan SlowTrackInterval { get; init; }

    /// <summary>How long after it was given up an order is looked at again, in ascending order.</summary>
    [Id(7)]
    public required TimeSpan[] LateChecks { get; init; }

    /// <summary>How long done orders are kept.</summary>
    [Id(8)]
    public required TimeSpan Retention { get; init; }
}
