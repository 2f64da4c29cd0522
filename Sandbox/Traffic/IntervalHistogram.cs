namespace CoffeePayment.Sandbox.Traffic;

/// <summary>How long it takes until a payment is asked about again, in whole milliseconds up to two minutes.</summary>
internal sealed class IntervalHistogram
{
    private const int MaxMs = 120_000;

    private readonly Lazy<int[]> _counts = new(static () => new int[MaxMs + 1]);

    public void Add(TimeSpan interval) =>
        Interlocked.Increment(ref _counts.Value[(int)Math.Clamp(Math.Round(interval.TotalMilliseconds), 0, MaxMs)]);

    public IntervalsView View()
    {
        if (!_counts.IsValueCreated)
            return new IntervalsView(0, null, null, null, null, null);

        var counts = (int[])_counts.Value.Clone();
        var total = counts.Sum(static count => (long)count);
        return new IntervalsView(
            total, Percentile(counts, total, 0), Percentile(counts, total, 1), Percentile(counts, total, 50),
            Percentile(counts, total, 99), Percentile(counts, total, 100));
    }

    private static int? Percentile(int[] counts, long total, int percent)
    {
        var rank = Math.Max(1, (total * percent + 99) / 100);
        for (var ms = 0; ms < counts.Length; ms++)
        {
            rank -= counts[ms];
            if (rank <= 0)
                return ms;
        }
        return null;
    }
}
