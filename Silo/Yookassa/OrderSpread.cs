namespace CoffeePayment.Silo.Yookassa;

/// <summary>Gives each order a place of its own in a span of time, always the same one.</summary>
internal static class OrderSpread
{
    /// <summary>From zero up to, but not including, <paramref name="span"/>.</summary>
    public static TimeSpan Of(string orderId, TimeSpan span)
    {
        // FNV-1a, with a last mix because ids that differ only at the end differ only in its low bits.
        var hash = 2166136261u;
        foreach (var character in orderId)
            hash = (hash ^ character) * 16777619u;
        hash ^= hash >> 15;
        hash *= 2246822519u;
        hash ^= hash >> 13;

        return TimeSpan.FromTicks((long)(span.Ticks * (hash / (uint.MaxValue + 1.0))));
    }
}
