namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Until when a merchant is left alone because the provider asked for it (429 with <c>retry_after</c>).
/// </summary>
internal sealed class MerchantPause(TimeProvider timeProvider)
{
    // 0 means never: what has ended once is not looked at again, and the usual case costs one read.
    private long _until;

    /// <summary>How much longer; null if nobody asked for a pause or it is over.</summary>
    public TimeSpan? Rest()
    {
        var until = Volatile.Read(ref _until);
        if (until == 0) return null;

        var rest = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), until);
        if (rest > TimeSpan.Zero) return rest;

        Interlocked.CompareExchange(ref _until, 0, until);
        return null;
    }

    /// <summary>Pauses for that long from now; a longer pause stays. Says whether there was none before.</summary>
    public bool Begin(TimeSpan duration)
    {
        var until = timeProvider.GetTimestamp() + (long)(duration.TotalSeconds * timeProvider.TimestampFrequency);
        var before = Volatile.Read(ref _until);
        while (before < until)
        {
            var seen = Interlocked.CompareExchange(ref _until, until, before);
            if (seen == before) return before <= timeProvider.GetTimestamp();
            before = seen;
        }

        return false;
    }
}
