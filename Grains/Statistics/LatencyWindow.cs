namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// Durations of the last minute, in buckets each a quarter wider than the one before, from 0.1 ms to a quarter of an
/// hour. Recording is two interlocked additions; percentiles are exact to a bucket.
/// </summary>
public sealed class LatencyWindow(TimeProvider time)
{
    private const int SlotCount = 6;
    private const int BucketCount = 72;
    private const double FirstBucketMs = 0.1;
    private const double Growth = 1.25;

    private static readonly double _logGrowth = Math.Log(Growth);
    private static readonly TimeSpan _slotLength = TimeSpan.FromSeconds(10);

    private readonly Slot[] _slots = [.. Enumerable.Range(0, SlotCount).Select(_ => new Slot())];
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>How many were recorded within the window.</summary>
    public long Count => Live().Sum(slot => Interlocked.Read(ref slot.Count));

    /// <summary>How many a second were recorded, over the window or over the time since the start if that is shorter.</summary>
    public double PerSecond
    {
        get
        {
            var covered = Math.Min(
                time.GetElapsedTime(_startedAt).TotalSeconds, _slotLength.TotalSeconds * (SlotCount - 1));
            return covered <= 0 ? 0 : Live().Sum(slot => Interlocked.Read(ref slot.Count)) / Math.Max(1, covered);
        }
    }

    /// <summary>Records one duration; negative ones count as zero.</summary>
    public void Record(TimeSpan duration)
    {
        var slot = CurrentSlot();
        Interlocked.Increment(ref slot.Count);
        Interlocked.Increment(ref slot.Buckets[BucketOf(duration.TotalMilliseconds)]);
    }

    /// <summary>The duration, in milliseconds, that this share of the recorded ones does not exceed; 0 if there are none.</summary>
    /// <param name="share">0 to 1: 0.99 for the 99th percentile.</param>
    public double PercentileMs(double share)
    {
        var slots = Live();
        var total = slots.Sum(slot => Interlocked.Read(ref slot.Count));
        var wanted = (long)Math.Ceiling(total * share);
        if (wanted == 0) return 0;

        var seen = 0L;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            seen += slots.Sum(slot => Interlocked.Read(ref slot.Buckets[bucket]));
            if (seen >= wanted) return Math.Round(FirstBucketMs * Math.Pow(Growth, bucket), 3);
        }

        return Math.Round(FirstBucketMs * Math.Pow(Growth, BucketCount - 1), 3);
    }

    private static int BucketOf(double milliseconds) => milliseconds <= FirstBucketMs
        ? 0
        : Math.Min(BucketCount - 1, (int)Math.Ceiling(Math.Log(milliseconds / FirstBucketMs) / _logGrowth));

    private long SlotNumber() => time.GetElapsedTime(_startedAt).Ticks / _slotLength.Ticks;

    private Slot CurrentSlot()
    {
        var number = SlotNumber();
        var slot = _slots[number % SlotCount];
        var seen = Interlocked.Read(ref slot.Number);
        if (seen != number && Interlocked.CompareExchange(ref slot.Number, number, seen) == seen) slot.Clear();
        return slot;
    }

    /// <summary>The slots of the window: the one being filled and the full ones before it.</summary>
    private Slot[] Live()
    {
        var number = SlotNumber();
        return [.. _slots.Where(slot => Interlocked.Read(ref slot.Number) > number - SlotCount)];
    }

    private sealed class Slot
    {
        public readonly long[] Buckets = new long[BucketCount];
        public long Number = -SlotCount;
        public long Count;

        public void Clear()
        {
            Interlocked.Exchange(ref Count, 0);
            Array.Clear(Buckets);
        }
    }
}
