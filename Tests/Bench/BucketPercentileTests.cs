using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Tests.Bench;

public sealed class BucketPercentileTests
{
    private static readonly SortedDictionary<double, double> Nothing = [];

    [Fact]
    public void Of_NothingAdded_IsNone()
    {
        var same = Buckets(3, 5, 5);

        Assert.Null(BucketPercentile.Of(same, same, 0.5));
        Assert.Null(BucketPercentile.Of(Nothing, Nothing, 0.5));
    }

    [Theory]
    [InlineData(0.25, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 5.5)]
    [InlineData(1, 10)]
    public void Of_ValuesInTwoBuckets_LiesEvenlyWithinThem(double share, double expected) =>
        Assert.Equal(expected, BucketPercentile.Of(Nothing, Buckets(50, 100, 100), share)!.Value, precision: 10);

    [Fact]
    public void Of_EarlierValues_DoNotCount() =>
        Assert.Equal(5.5, BucketPercentile.Of(Buckets(1_000, 1_000, 1_000), Buckets(1_000, 1_010, 1_010), 0.5));

    [Fact]
    public void Of_ValuesAboveAllBounds_IsTheHighestBound() =>
        Assert.Equal(10, BucketPercentile.Of(Nothing, Buckets(0, 0, 5), 0.5));

    /// <summary>Of the bounds 1, 10 and infinity.</summary>
    private static SortedDictionary<double, double> Buckets(double one, double ten, double all) =>
        new() { [1] = one, [10] = ten, [double.PositiveInfinity] = all };
}
