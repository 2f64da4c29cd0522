using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Tests.Bench;

public sealed class PaceTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    [InlineData(0.99, 1)]
    [InlineData(1, 2)]
    [InlineData(1000, 1001)]
    public void ScheduledAt_OneAMillisecond_CountsTheFirstAtOnce(double elapsedMs, long expected) =>
        Assert.Equal(expected, new Pace(1000).ScheduledAt(TimeSpan.FromMilliseconds(elapsedMs)));

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(3333.3)]
    public void ScheduledAt_TimeOfAPiece_HasThatPieceAndNoLaterOne(double perSecond)
    {
        var pace = new Pace(perSecond);

        foreach (var number in Enumerable.Range(0, 5_000))
            Assert.InRange(pace.ScheduledAt(pace.TimeOf(number) + TimeSpan.FromTicks(1)), number + 1, number + 1);
    }
}
