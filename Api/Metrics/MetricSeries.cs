namespace CoffeePayment.Api.Metrics;

/// <summary>The measurements of one instrument under one set of labels. Safe to record to from all threads.</summary>
/// <param name="labels">As they stand in the exposition, without braces; empty if there are none.</param>
internal abstract class MetricSeries(string labels)
{
    public string Labels { get; } = labels;

    public abstract void Record(double value);

    protected static void Add(ref double total, double value)
    {
        var seen = Volatile.Read(ref total);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref total, seen + value, seen);
            if (found.Equals(seen)) return;
            seen = found;
        }
    }
}

/// <summary>A sum of what was recorded.</summary>
internal sealed class SumSeries(string labels) : MetricSeries(labels)
{
    private double _sum;

    public double Value => Volatile.Read(ref _sum);

    public override void Record(double value) => Add(ref _sum, value);
}

/// <summary>The last of what was recorded.</summary>
internal sealed class LastSeries(string labels) : MetricSeries(labels)
{
    private double _last;

    public double Value => Volatile.Read(ref _last);

    public override void Record(double value) => Volatile.Write(ref _last, value);
}

/// <summary>How often measurements fell into which bucket.</summary>
/// <param name="labels">The labels.</param>
/// <param name="bounds">The inclusive upper bounds of the buckets, ascending; one more takes what is above all.</param>
internal sealed class HistogramSeries(string labels, double[] bounds) : MetricSeries(labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public double Sum => Volatile.Read(ref _sum);

    public override void Record(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Add(ref _sum, value);
    }

    /// <summary>For each bound, and then for infinity, how many measurements were at most that.</summary>
    public long[] ReadCumulative()
    {
        var cumulative = new long[_counts.Length];
        var total = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
            cumulative[bucket] = total += Interlocked.Read(ref _counts[bucket]);
        return cumulative;
    }
}
