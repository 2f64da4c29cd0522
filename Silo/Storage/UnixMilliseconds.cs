namespace CoffeePayment.Silo.Storage;

/// <summary>Times as the indexes keep them: whole milliseconds since 1970, UTC.</summary>
public static class UnixMilliseconds
{
    /// <summary>The millisecond that the time lies in: what is stored.</summary>
    public static long Floor(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>
    /// The first whole millisecond that is not before the time. Stored times are whole, so "stored &lt; ceiling" says
    /// exactly what "stored &lt; time" says.
    /// </summary>
    public static long Ceiling(DateTimeOffset time)
    {
        var floor = Floor(time);
        return ToTime(floor) < time ? floor + 1 : floor;
    }

    /// <summary>The time, UTC, that <see cref="Floor"/> has stored.</summary>
    public static DateTimeOffset ToTime(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
