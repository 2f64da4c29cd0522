namespace CoffeePayment.Bench.Measuring;

/// <summary>A steady pace: which piece of work is scheduled when, from 0 on.</summary>
internal readonly record struct Pace(double PerSecond)
{
    /// <summary>How many pieces are scheduled at that time or earlier.</summary>
    public long ScheduledAt(TimeSpan elapsed) =>
        elapsed < TimeSpan.Zero ? 0 : (long)Math.Floor((elapsed.TotalSeconds * PerSecond) + 1e-9) + 1;

    /// <summary>When that piece is scheduled.</summary>
    public TimeSpan TimeOf(long number) => TimeSpan.FromSeconds(number / PerSecond);
}
