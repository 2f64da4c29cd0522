using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Tests.Bench;

public sealed class PercentilesTests
{
    private static readonly double[] OneToHundred = [.. Enumerable.Range(1, 100).Select(static n => 101d - n)];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.01, 1)]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void Of_HundredValues_IsTheSmallestThatTheShareDoesNotExceed(double share, double expected) =>
        Assert.Equal(expected, Percentiles.Of(OneToHundred, share));

    [Fact]
    public void Of_OneValue_IsThatValue() => Assert.Equal(7, Percentiles.Of([7], 0.99));

    [Fact]
    public void Median_OddNumberOfValues_IsTheOneInTheMiddle() => Assert.Equal(2, Percentiles.Median([9, 1, 2]));

    [Fact]
    public void Median_EvenNumberOfValues_IsTheMeanOfTheTwoInTheMiddle() =>
        Assert.Equal(3, Percentiles.Median([9, 1, 2, 4]));

    [Fact]
    public void Spread_ValuesApart_IsTheirRangeAgainstTheMedian() =>
        Assert.Equal(0.2, Percentiles.Spread([90, 100, 110]), precision: 10);

    [Fact]
    public void Spread_NothingButZeros_IsZero() => Assert.Equal(0, Percentiles.Spread([0, 0]));
}
