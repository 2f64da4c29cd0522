using CoffeePayment.Bench.Scenarios;

namespace CoffeePayment.Tests.Bench;

public sealed class RateClimbTests
{
    [Fact]
    public void Growth_BusierMachine_IsNeverFaster()
    {
        var growths = Enumerable.Range(0, 101).Select(static percent => RateClimb.Growth(percent / 100.0)).ToArray();

        Assert.Equal(growths.OrderDescending(), growths);
    }

    [Fact]
    public void Growth_FullMachine_StillClimbs() => Assert.Equal(0.05, RateClimb.Growth(1));
}
