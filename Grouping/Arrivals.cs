namespace CoffeePayment.Grouping;

/// <summary>
/// How often something comes, from the last few dozen times: the gaps between them, the later ones counting more.
/// </summary>
internal sealed class Arrivals
{
    private const double Smoothing = 32;

    /// <summary>A longer gap counts as one of this length, or a night would be remembered all morning.</summary>
    private static readonly TimeSpan GapMax = TimeSpan.FromMilliseconds(20);

    private double _meanGap = GapMax.Ticks;
    private TimeSpan _last = -GapMax;

    /// <summary>Counts one that comes now.</summary>
    /// <param name="now">Since any fixed moment.</param>
    public void Add(TimeSpan now)
    {
        var gap = Math.Clamp((now - _last).Ticks, 0, GapMax.Ticks);
        _meanGap += (gap - _meanGap) / Smoothing;
        _last = now;
    }

    /// <summary>How many come in that time, on average.</summary>
    public double In(TimeSpan time) => time.Ticks / _meanGap;
}
