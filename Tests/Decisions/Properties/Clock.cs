namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>Arithmetic that stays within the times that there are.</summary>
public static class Clock
{
    public static DateTimeOffset Plus(DateTimeOffset time, TimeSpan span)
    {
        var ticks = Int128.Clamp(
            (Int128)time.UtcTicks + span.Ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks);
        return new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }

    /// <summary>The same time as a clock with that offset shows it; in UTC where such a clock would run out.</summary>
    public static DateTimeOffset Show(DateTimeOffset time, TimeSpan offset)
    {
        var local = (Int128)time.UtcTicks + offset.Ticks;
        return local < DateTimeOffset.MinValue.Ticks || local > DateTimeOffset.MaxValue.Ticks
            ? time.ToUniversalTime()
            : time.ToOffset(offset);
    }
}
