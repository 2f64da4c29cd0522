namespace CoffeePayment.Api.Contracts;

/// <summary>What the service does by itself.</summary>
internal sealed record JobsResponse
{
    /// <summary>Everything that happens without being asked for, and when.</summary>
    public required IReadOnlyList<JobResponse> Jobs { get; init; }

    /// <summary>The reminders, which outlive silos and drive some of it.</summary>
    public required IReadOnlyList<ReminderResponse> Reminders { get; init; }

    /// <summary>The kinds of grains that are active now.</summary>
    public required IReadOnlyList<GrainTypeResponse> Grains { get; init; }
}

/// <summary>Something that happens without being asked for.</summary>
internal sealed record JobResponse
{
    /// <summary>What it is called: <c>fast_check</c>, <c>sweep</c> and so on.</summary>
    public required string Name { get; init; }

    /// <summary>What sets it off: <c>timer</c>, <c>reminder</c>, <c>sweep</c> or <c>event</c>.</summary>
    public required string DrivenBy { get; init; }

    /// <summary>When, in words.</summary>
    public required string Schedule { get; init; }

    /// <summary>From one time to the next, seconds; null if it has no period.</summary>
    public required double? PeriodS { get; init; }

    /// <summary>
    /// When it last happened, UTC; null if that is not known, as of timers, of which every order has its own.
    /// </summary>
    public required DateTimeOffset? LastAt { get; init; }
}

/// <summary>A reminder.</summary>
internal sealed record ReminderResponse
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>From tick to tick. Seconds.</summary>
    public required double PeriodS { get; init; }

    /// <summary>Whether it exists, as it must.</summary>
    public required bool IsThere { get; init; }
}

/// <summary>One kind of grain.</summary>
internal sealed record GrainTypeResponse
{
    /// <summary>Its class.</summary>
    public required string Name { get; init; }

    /// <summary>On how many silos there is one.</summary>
    public required int Silos { get; init; }

    /// <summary>How many are active.</summary>
    public required long Activations { get; init; }
}
