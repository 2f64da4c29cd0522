namespace Orleans.Dashboard;

/// <summary>When calls are timed. They are counted, and their failures, at all times.</summary>
public sealed class GrainProfilerOptions
{
    /// <summary>Whether calls are timed while nobody looks, too; false by default.</summary>
    public bool TraceAlways { get; set; }

    /// <summary>How long calls are timed after somebody has looked: 1 minute by default.</summary>
    public TimeSpan DeactivationTime { get; set; } = TimeSpan.FromMinutes(1);
}
