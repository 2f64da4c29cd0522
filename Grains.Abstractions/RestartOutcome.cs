namespace CoffeePayment;

/// <summary>What the sweeper found when it looked after an overdue order.</summary>
public enum RestartOutcome
{
    /// <summary>Nobody was looking after it; now its grain does.</summary>
    Restarted,

    /// <summary>Its grain is on it.</summary>
    AlreadyRunning,

    /// <summary>
    /// A late check that is not due yet; the indexes, which a crash had left behind, are repaired, and nothing runs until
    /// then.
    /// </summary>
    NotDue,

    /// <summary>It was done; the indexes, which a crash had left behind, are repaired.</summary>
    Done,

    /// <summary>No state: a registration that was never acknowledged, or not yet.</summary>
    Unknown,
}
