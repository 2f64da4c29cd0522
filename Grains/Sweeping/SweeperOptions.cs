namespace CoffeePayment.Grains.Sweeping;

/// <summary>The bounds of one sweep.</summary>
public sealed class SweeperOptions
{
    /// <summary>How many index entries are read at a time. Default 1,000.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>
    /// How many orders one sweep restarts at most, the most recently due first; the next sweep goes on. Default 50,000.
    /// </summary>
    public int RestartsMax { get; set; } = 50_000;

    /// <summary>How many restarts are under way at a time. Default 64.</summary>
    public int Concurrency { get; set; } = 64;

    /// <summary>How many done orders past their retention one sweep deletes at most. Default 1,000.</summary>
    public int ForgetsMax { get; set; } = 1_000;

    /// <summary>
    /// How long an index entry without an order is left alone, since its registration may be under way. Default 1 min.
    /// </summary>
    public TimeSpan UnknownGrace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether this process is the only one and has just started, so that its first sweep takes over every order,
    /// overdue or not: nobody else can hold one. Default false, which is right for a cluster.
    /// </summary>
    public bool TakesOverAtStart { get; set; }
}
