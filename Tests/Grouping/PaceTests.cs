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

        foreach (var now in new[] { 102, 104, 106 })
        {
            Assert.Equal(1, DelayAt(now - 1));
            Assert.Equal([0], StartAt(now));
        }
    }

    [Fact]
    public void Delay_AfterManyThatDidNotWait_IsAnIntervalAndNoMore()
    {
        StartAt([.. Enumerable.Repeat(100, 1000)]);

        Assert.Equal([2, 1], StartAt(100, 101));
    }

    [Fact]
    public void Delay_NoInterval_NeverWaits()
    {
        var pace = new Pace(TimeSpan.Zero, burst: 3);
        pace.Start(TimeSpan.FromMilliseconds(100));

        Assert.Equal(TimeSpan.Zero, pace.DelayAt(TimeSpan.FromMilliseconds(100)));
    }

    private double DelayAt(int now) => _pace.DelayAt(TimeSpan.FromMilliseconds(now)).TotalMilliseconds;

    /// <summary>The delay that each was told, in milliseconds, before it started.</summary>
    private List<double> StartAt(params int[] milliseconds)
    {
        var delays = new List<double>();
        foreach (var now in milliseconds)
        {
            delays.Add(DelayAt(now));
            _pace.Start(TimeSpan.FromMilliseconds(now));
        }

        return delays;
    }
}
