using System.Text.Json;
using Orleans;
using Orleans.Configuration;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>What the page shows: the figures of all silos, put together.</summary>
internal sealed record ClusterFigures
{
    public required string ClusterId { get; init; }

    public required string ServiceId { get; init; }

    /// <summary>Of the cluster's clock (UTC), for ages.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>From sample to sample.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>How far back samples go: what failures and latencies are counted over.</summary>
    public required double HistorySeconds { get; init; }

    public required long Activations { get; init; }

    public required CallSummary Calls { get; init; }

    /// <summary>The newest last.</summary>
    public required long[] FailuresBySample { get; init; }

    /// <summary>How long a call took; null where none was timed. The newest last.</summary>
    public required double?[] MillisecondsBySample { get; init; }

    public required SiloRow[] Silos { get; init; }

    /// <summary>By class, the one with the most calls first.</summary>
    public required GrainRow[] Grains { get; init; }

    public required ReminderFigures Reminders { get; init; }

    public static ClusterFigures Create(
        ClusterOptions cluster,
        TimeSpan interval,
        IReadOnlyList<(MembershipEntry Entry, SiloFigures? Figures)> silos,
        ReminderFigures reminders)
    {
        var methods = silos.SelectMany(silo => silo.Figures?.Methods ?? []).ToList();
        var history = new CallHistory(interval, methods.Select(method => method.Samples.Length).Append(0).Max());
        var samples = history.Merge(methods);
        return new ClusterFigures
        {
            ClusterId = cluster.ClusterId,
            ServiceId = cluster.ServiceId,
            IntervalSeconds = interval.TotalSeconds,
            HistorySeconds = samples.Length * interval.TotalSeconds,
            Activations = silos.Sum(silo => silo.Figures?.Activations.Sum(active => active.Count) ?? 0),
            Calls = CallSummary.Of(methods, history),
            FailuresBySample = [.. samples.Select(sample => sample.Failures)],
            MillisecondsBySample = [.. samples.Select(sample => sample.MeanMilliseconds)],
            Silos = [.. silos.Select(silo => SiloRow.Of(silo.Entry, silo.Figures, history))],
            Grains = GrainRow.Of(silos, methods, history),
            Reminders = reminders,
        };
    }

    public byte[] ToJson(DateTimeOffset now) =>
        JsonSerializer.SerializeToUtf8Bytes(this with { Now = now }, DashboardJson.Default.ClusterFigures);
}

/// <summary>The calls of some methods together.</summary>
internal sealed record CallSummary
{
    /// <summary>A rate is the mean of so many samples: soon enough to see what changed, and no flicker.</summary>
    private const int RateSamples = 10;

    /// <summary>Since the silos started.</summary>
    public required long Total { get; init; }

    /// <summary>Those of them that failed.</summary>
    public required long TotalFailures { get; init; }

    /// <summary>Of late.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Within the history, as are the rest.</summary>
    public required long Recent { get; init; }

    public required long Failures { get; init; }

    /// <summary>Null where no call was timed.</summary>
    public required double? MeanMilliseconds { get; init; }

    /// <inheritdoc cref="MeanMilliseconds"/>
    public required double? SlowestMilliseconds { get; init; }

    /// <summary>The last exception's name; null if there was none.</summary>
    public required string? LastFailure { get; init; }

    public required DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>The newest last.</summary>
    public required double[] CallsPerSecondBySample { get; init; }

    public static CallSummary Of(IReadOnlyCollection<MethodFigures> methods, CallHistory history)
    {
        var samples = history.Merge(methods);
        var recent = samples.Aggregate(default(CallSample), static (sum, sample) => sum + sample);
        var rated = samples[Math.Max(0, samples.Length - RateSamples)..];
        var failed = methods.Where(method => method.LastFailureAt is not null).MaxBy(method => method.LastFailureAt);
        return new CallSummary
        {
            Total = methods.Sum(method => method.Calls),
            TotalFailures = methods.Sum(method => method.Failures),
            PerSecond = rated.Length == 0 ? 0 : rated.Average(history.CallsPerSecond),
            Recent = recent.Calls,
            Failures = recent.Failures,
            MeanMilliseconds = recent.MeanMilliseconds,
            SlowestMilliseconds = recent.Timed == 0 ? null : recent.Slowest.TotalMilliseconds,
            LastFailure = failed?.LastFailure,
            LastFailureAt = failed?.LastFailureAt,
            CallsPerSecondBySample = [.. samples.Select(history.CallsPerSecond)],
        };
    }
}

/// <summary>How far back samples go.</summary>
/// <param name="Interval">From one to the next.</param>
/// <param name="Length">How many there are of whatever has been there longest.</param>
internal sealed record CallHistory(TimeSpan Interval, int Length)
{
    public double CallsPerSecond(CallSample sample) => sample.Calls / Interval.TotalSeconds;

    /// <summary>Adds up what was sampled at the same time.</summary>
    /// <remarks>That is the newest ones: a method that was first called later, or a younger silo, has fewer.</remarks>
    public CallSample[] Merge(IEnumerable<MethodFigures> methods)
    {
        var merged = new CallSample[Length];
        foreach (var samples in methods.Select(method => method.Samples))
        {
            for (var i = 1; i <= samples.Length; i++) merged[^i] += samples[^i];
        }

        return merged;
    }
}
