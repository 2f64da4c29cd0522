using CoffeePayment.Grouping;

namespace CoffeePayment.Tests.Grouping;

public sealed class PaceTests
{
    private readonly Pace _pace = new(TimeSpan.FromMilliseconds(2), burst: 3);

    [Fact]
    public void Delay_AfterAQuietMoment_LetsABurstGo()
    {
        var delays = StartAt(100, 100, 100, 100, 100);

        Assert.Equal([-106, -4, -2, 0, 2], delays);
    }

    [Fact]
    public void Delay_UnderLoad_IsWhatIsLeftOfTheInterval()
    {
        StartAt(100, 100, 100, 100);

        Assert.Equal([1, 1, 1], StartAt(101, 103, 105));
    }

    [Fact]
    public void Delay_NoInterval_NeverWaits()
    {
        var pace = new Pace(TimeSpan.Zero, burst: 3);
        pace.Start(TimeSpan.FromMilliseconds(100));

        Assert.Equal(TimeSpan.Zero, pace.DelayAt(TimeSpan.FromMilliseconds(100)));
    }

    /// <summary>The delay that each was told, in milliseconds, before it started.</summary>
    private List<double> StartAt(params int[] milliseconds)
    {
        var delays = new List<double>();
        foreach (var now in milliseconds.Select(count => TimeSpan.FromMilliseconds(count)))
        {
            delays.Add(_pace.DelayAt(now).TotalMilliseconds);
            _pace.Start(now);
        }

        return delays;
    }
}
