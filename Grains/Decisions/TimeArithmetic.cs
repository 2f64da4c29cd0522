namespace CoffeePayment.Grains.Decisions;

/// <summary>Arithmetic on times that come from outside, where no value may throw.</summary>
internal static class TimeArithmetic
{
    /// <summary>The time so much later, or the last one that there is.</summary>
    public static DateTimeOffset PlusClamped(this DateTimeOffset time, TimeSpan span)
    {
        if (span > DateTimeOffset.MaxValue - time) return DateTimeOffset.MaxValue;

        return span < DateTimeOffset.MinValue - time ? DateTimeOffset.MinValue : time + span;
    }
}
