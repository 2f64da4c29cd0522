namespace CoffeePayment.Bench.Options;

/// <summary>Sizes of single rows, and times that only <c>--quick</c> changes.</summary>
internal sealed record BenchSizes
{
    /// <summary>From check to check of an order.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long the silo waits for an answer; with the interval it makes the sweeper's grace.</summary>
    public required TimeSpan ApiTimeout { get; init; }

    /// <summary>
    /// Over how long the first orders are registered: some intervals, so that their phases are spread evenly. A process
    /// that has just started stalls now and then, and takes what it missed all at once, to be checked all at once.
    /// </summary>
    public required TimeSpan RegistrationTime { get; init; }

    /// <summary>
    /// How long checks are made before any are watched: a process that has just started runs code that is not optimized
    /// yet, at about twice the cost.
    /// </summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>How long each step on the way to the highest rate is watched.</summary>
    public required TimeSpan StepWindow { get; init; }

    /// <summary>
    /// By which share of the interval the p1 and p99 of intervals may differ from it at a rate that counts.
    /// </summary>
    public required double IntervalTolerance { get; init; }

    /// <summary>How many steps there are at most.</summary>
    public required int StepsMax { get; init; }

    /// <summary>How many orders wait where memory is measured.</summary>
    public required int IdleOrders { get; init; }

    /// <summary>How many entries the due index has where a sweep finds nothing.</summary>
    public required int IndexedOrders { get; init; }

    /// <summary>How many orders the killed silo leaves.</summary>
    public required int Orphans { get; init; }

    /// <summary>Registrations a second through HTTP.</summary>
    public required int HttpRate { get; init; }

    /// <summary>How long registrations go through HTTP; half as many before that are warm-up.</summary>
    public required TimeSpan HttpWindow { get; init; }

    /// <summary>The sizes of DESIGN.md, section 10.</summary>
    public static BenchSizes Full { get; } = new()
    {
        Interval = TimeSpan.FromSeconds(5),
        ApiTimeout = TimeSpan.FromSeconds(3),
        RegistrationTime = TimeSpan.FromSeconds(20),
        WarmUp = TimeSpan.FromSeconds(25),
        StepWindow = TimeSpan.FromSeconds(6),
        IntervalTolerance = 0.05,
        StepsMax = 20,
        IdleOrders = 100_000,
        IndexedOrders = 1_000_000,
        Orphans = 10_000,
        HttpRate = 1_000,
        HttpWindow = TimeSpan.FromSeconds(8),
    };

    /// <summary>So small that all of it ends within a minute.</summary>
    public static BenchSizes Quick { get; } = new()
    {
        Interval = TimeSpan.FromSeconds(1),
        ApiTimeout = TimeSpan.FromSeconds(0.5),
        RegistrationTime = TimeSpan.FromSeconds(1),
        WarmUp = TimeSpan.FromSeconds(0.5),
        StepWindow = TimeSpan.FromSeconds(1.5),
        IntervalTolerance = 0.9,
        StepsMax = 2,
        IdleOrders = 2_000,
        IndexedOrders = 5_000,
        Orphans = 100,
        HttpRate = 100,
        HttpWindow = TimeSpan.FromSeconds(1),
    };
}
