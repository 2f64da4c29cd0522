using CoffeePayment.Grouping;

namespace CoffeePayment.Tests.Grouping;

public sealed class ArrivalsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Arrivals _arrivals = new();
    private TimeSpan _now;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void In_ManyComeSteadily_IsTheirRate(int atOnce)
    {
        Come(times: 200, atOnce, every: TimeSpan.FromMilliseconds(atOnce));

        Assert.InRange(_arrivals.In(Second), 800, 1_250);
    }

    [Fact]
    public void In_FewHaveCome_IsLow()
    {
        Come(times: 3, atOnce: 1, every: TimeSpan.FromMilliseconds(1));

        Assert.InRange(_arrivals.In(Second), 50, 100);
    }

    [Fact]
    public void In_AfterALongPause_IsSoonTheirRateAgain()
    {
        Come(times: 200, atOnce: 1, every: TimeSpan.FromMilliseconds(1));
        _now += TimeSpan.FromHours(8);

        Come(times: 30, atOnce: 1, every: TimeSpan.FromMilliseconds(1));

        Assert.InRange(_arrivals.In(Second), 700, 1_100);
    }

    [Fact]
    public void In_TheRateFalls_Follows()
    {
        Come(times: 200, atOnce: 1, every: TimeSpan.FromMilliseconds(1));

        Come(times: 100, atOnce: 1, every: TimeSpan.FromMilliseconds(10));

        Assert.InRange(_arrivals.In(Second), 95, 115);
    }

    private void Come(int times, int atOnce, TimeSpan every)
    {
        for (var i = 0; i < times; i++)
        {
            for (var j = 0; j < atOnce; j++) _arrivals.Add(_now);
            _now += every;
        }
    }
}
