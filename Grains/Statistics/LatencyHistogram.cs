using System.Numerics;

namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// How long things took over the last minute. Recording is one interlocked increment; percentiles are at most 3.2 % too
/// high, never too low. Durations count from 0 to 71 minutes in microseconds; what lies outside counts as the nearest
/// end.
/// </summary>
public sealed class LatencyHistogram(TimeProvider timeProvider)
{
    /// <summary>
    /// Every power of two is cut into this many buckets of equal width; below it each microsecond has its own.
    /// </summary>
    private const int Steps = 32;
    private const int StepBits = 5;
    private const int SliceCount = 12;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly int BucketCount = BucketOf(uint.MaxValue) + 1;

    private readonly SlidingSlices<Buckets> _slices = new(timeProvider, Window, SliceCount);

    /// <summary>Notes one duration; a negative one counts as zero.</summary>
    public void Record(TimeSpan latency)
    {
        var microseconds = (uint)Math.Clamp(latency.Ticks / TimeSpan.TicksPerMicrosecond, 0, uint.MaxValue);
        Interlocked.Increment(ref _slices.Current().Counts[BucketOf(microseconds)]);
    }

    /// <summary>What was recorded within the last minute.</summary>
    public LatencyFigures Snapshot()
    {
        var sums = new long[BucketCount];
        var count = 0L;
        foreach (var slice in _slices.Live())
        {
            for (var bucket = 0; bucket < BucketCount; bucket++)
            {
                var here = Volatile.Read(ref slice.Counts[bucket]);
                sums[bucket] += here;
                count += here;
            }
        }

        var perSecond = count / Math.Max(1, _slices.Covered.TotalSeconds);
        return new LatencyFigures(count, perSecond, Percentile(sums, count, 0.50), Percentile(sums, count, 0.99));
    }

    private static TimeSpan Percentile(long[] sums, long count, double share)
    {
        var rank = (long)Math.Ceiling(count * share);
        if (rank == 0) return TimeSpan.Zero;

        var seen = 0L;
        var bucket = -1;
        while (seen < rank)
            seen += sums[++bucket];
        return TimeSpan.FromMicroseconds(HighestOf(bucket));
    }

    private static int BucketOf(uint microseconds)
    {
        if (microseconds < Steps) return (int)microseconds;

        var shift = BitOperations.Log2(microseconds) - StepBits;
        return (shift * Steps) + (int)(microseconds >> shift);
    }

    private static long HighestOf(int bucket)
    {
        if (bucket < 2 * Steps) return bucket;

        var shift = (bucket / Steps) - 1;
        return ((bucket - (shift * Steps) + 1L) << shift) - 1;
    }

    private sealed class Buckets
    {
        public int[] Counts { get; } = new int[BucketCount];
    }
}

/// <summary>What a <see cref="LatencyHistogram"/> holds.</summary>
/// <param name="Count">How many durations were recorded.</param>
/// <param name="PerSecond">How many a second, over the last minute, or since the start if that is less.</param>
/// <param name="P50">Half of them were at most this; zero if there were none.</param>
/// <param name="P99">99 % of them were at most this; zero if there were none.</param>
public sealed record LatencyFigures(long Count, double PerSecond, TimeSpan P50, TimeSpan P99);
