namespace CoffeePayment.Sandbox.Traffic;

/// <summary>
/// How evenly requests come in: counts by 20 ms, for the last 655 s. A bin that is reused starts anew by itself: it
/// holds its own number beside its count.
/// </summary>
internal sealed class ArrivalBins(TimeProvider clock)
{
    public const int BinMs = 20;

    private const int Bins = 1 << 15;
    private const int CountBits = 24;
    private const long CountMask = (1L << CountBits) - 1;

    private readonly long _ticksPerBin = clock.TimestampFrequency * BinMs / 1000;
    private readonly long _since = clock.GetTimestamp();
    private readonly Lazy<long[]> _bins = new(static () => new long[Bins]);

    public void Add(long timestamp)
    {
        var bin = Bin(timestamp);
        ref var place = ref _bins.Value[bin & (Bins - 1)];
        while (true)
        {
            var before = Volatile.Read(ref place);
            if (before >> CountBits > bin)
                return;
            var after = before >> CountBits == bin ? before + 1 : (bin << CountBits) + 1;
            if (Interlocked.CompareExchange(ref place, after, before) == before)
                return;
        }
    }

    /// <summary>
    /// The counts of the whole bins of the last <paramref name="last"/>, not reaching back before the start.
    /// </summary>
    public int[] Counts(TimeSpan last)
    {
        var now = Bin(clock.GetTimestamp());
        var wanted = Math.Min((long)(last.TotalMilliseconds / BinMs), Bins - 2);
        var counts = new int[Math.Max(0, Math.Min(wanted, now - 1))];
        for (var i = 0; i < counts.Length; i++)
        {
            var bin = now - counts.Length + i;
            var value = _bins.IsValueCreated ? Volatile.Read(ref _bins.Value[bin & (Bins - 1)]) : 0;
            counts[i] = value >> CountBits == bin ? (int)(value & CountMask) : 0;
        }
        return counts;
    }

    // From 1 on: an untouched place is bin 0 with no requests.
    private long Bin(long timestamp) => (timestamp - _since) / _ticksPerBin + 1;
}
