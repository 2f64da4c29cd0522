using System.Diagnostics.Metrics;

namespace CoffeePayment.Api.Metrics;

/// <summary>What an instrument is for Prometheus.</summary>
internal sealed class MetricDefinition
{
    private static readonly double[] SecondsBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly double[] OtherBounds =
        [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    /// <summary>What the runtime declares as counters although they fall: a rate of them would mean nothing.</summary>
    private static readonly string[] FallingCounters =
        ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    private MetricDefinition(Instrument instrument, MetricKind kind, Func<string, double[], MetricSeries> newSeries)
    {
        Kind = kind;
        Names = MetricNames.Of(instrument.Name, instrument.Unit, kind);
        Help = string.IsNullOrWhiteSpace(instrument.Description) ? instrument.Name : instrument.Description;
        IsObserved = instrument.IsObservable;
        Bounds = kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
        NewSeries = labels => newSeries(labels, Bounds);
    }

    public MetricNames Names { get; }

    public MetricKind Kind { get; }

    public string Help { get; }

    /// <summary>
    /// Whether its values are asked for, when somebody wants to know, instead of being told as they come.
    /// </summary>
    public bool IsObserved { get; }

    /// <summary>Of a histogram, the inclusive upper bounds of its buckets, ascending, in the base unit.</summary>
    public double[] Bounds { get; }

    public Func<string, MetricSeries> NewSeries { get; }

    /// <summary>The definition; null for an instrument of a kind that nobody has invented yet.</summary>
    public static MetricDefinition? Of(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType) return null;

        var kind = type.GetGenericTypeDefinition();
        if (FallingCounters.Contains(instrument.Name))
            return new(instrument, MetricKind.Gauge, (labels, _) => new SumSeries(labels));
        if (kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>))
            return new(instrument, MetricKind.Counter, (labels, _) => new SumSeries(labels));
        if (kind == typeof(UpDownCounter<>) || kind == typeof(ObservableUpDownCounter<>))
            return new(instrument, MetricKind.Gauge, (labels, _) => new SumSeries(labels));
        if (kind == typeof(Gauge<>) || kind == typeof(ObservableGauge<>))
            return new(instrument, MetricKind.Gauge, (labels, _) => new LastSeries(labels));
        return kind == typeof(Histogram<>)
            ? new(instrument, MetricKind.Histogram, (labels, bounds) => new HistogramSeries(labels, bounds))
            : null;
    }

    private double[] BoundsOf(Instrument instrument)
    {
        var advised = Advised<double>(instrument) ?? Advised<long>(instrument) ?? Advised<int>(instrument)
            ?? Advised<float>(instrument) ?? Advised<decimal>(instrument) ?? Advised<short>(instrument)
            ?? Advised<byte>(instrument);
        if (advised is not null) return [.. advised.Select(bound => bound * Names.Factor)];
        return Names.Name.EndsWith("_seconds", StringComparison.Ordinal) ? SecondsBounds : OtherBounds;
    }

    private static IEnumerable<double>? Advised<T>(Instrument instrument)
        where T : struct =>
        (instrument as Histogram<T>)?.Advice?.HistogramBucketBoundaries?.Select(bound => Convert.ToDouble(bound));
}
