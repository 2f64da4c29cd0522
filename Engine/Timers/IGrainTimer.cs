namespace Orleans.Runtime;

/// <summary>A timer of one activation. It ends with the activation, or when disposed.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>
    /// Ticks next after <paramref name="dueTime"/>, then by <paramref name="period"/>; infinite means never. During a
    /// tick it counts from that tick's end.
    /// </summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer ticks.</summary>
public readonly struct GrainTimerCreationOptions
{
    public GrainTimerCreationOptions()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>
    /// Until the first tick; zero means at once, <see cref="Timeout.InfiniteTimeSpan"/> not before it is changed.
    /// </summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>
    /// From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> means one tick only.
    /// </summary>
    public required TimeSpan Period { get; init; }

    /// <summary>
    /// Ticks run between the awaits of whatever else the grain does, instead of waiting for it. Default: false.
    /// </summary>
    public bool Interleave { get; init; }

    /// <summary>
    /// Each tick counts as use, so that a ticking activation is not collected as idle. Default: false.
    /// </summary>
    public bool KeepAlive { get; init; }
}

/// <summary>
/// Keys of the time providers that parts of the runtime take their time from; without one registered, the system's.
/// </summary>
public static class TimeProviderNames
{
    /// <summary>Grain timers.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Response timeouts.</summary>
    public const string Messaging = "Orleans.Messaging";

    /// <summary>How silos watch each other.</summary>
    public const string Membership = "Orleans.Membership";

    /// <summary>Idle collection.</summary>
    public const string ActivationManagement = "Orleans.ActivationManagement";
}
