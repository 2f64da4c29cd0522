using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Tests.Bench;

public sealed class MachineTimeTests
{
    [Fact]
    public void Parse_LineOfAllCores_CountsWorkAndTheStolenApart()
    {
        var time = MachineTime.Parse("cpu  100 20 300 9999 8888 4 6 70 50 0");

        Assert.Equal(new MachineTime(TimeSpan.FromSeconds(4.3), TimeSpan.FromSeconds(0.7)), time);
    }

    [Fact]
    public void Now_Twice_DoesNotGoBack()
    {
        var before = MachineTime.Now();

        var spent = MachineTime.Now() - before;

        Assert.True(spent.Busy >= TimeSpan.Zero);
    }
}
