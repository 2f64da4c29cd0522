namespace Orleans.Dashboard;

/// <summary>What the dashboard shows, and how much of the past.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// Whether the log is not streamed to browsers. The embedded engine's dashboard never does that; false by default.
    /// </summary>
    public bool HideTrace { get; set; }

    /// <summary>From sample to sample, in milliseconds: 1,000 by default, and no less than that.</summary>
    public int CounterUpdateIntervalMs { get; set; } = 1000;

    /// <summary>How many samples are kept: 100 by default, at least 1.</summary>
    public int HistoryLength { get; set; } = 100;
}
