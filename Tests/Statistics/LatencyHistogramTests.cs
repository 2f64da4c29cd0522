using CoffeePayment.Grains.Statistics;
using CoffeePayment.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Statistics;

public sealed class LatencyHistogramTests
{
    private readonly VirtualTimeProvider _clock = new();

    [Fact]
    public void Snapshot_NothingRecorded_IsZero() =>
        Assert.Equal(new LatencyFigures(0, 0, TimeSpan.Zero, TimeSpan.Zero), new LatencyHistogram(_clock).Snapshot());

    [Fact]
    public void Snapshot_MicrosecondsBelowSixtyFour_IsExact()
    {
        var histogram = new LatencyHistogram(_clock);

        for (var microseconds = 1; microseconds <= 60; microseconds++)
            histogram.Record(TimeSpan.FromMicroseconds(microseconds));

        Assert.Equal(
            new LatencyFigures(60, 60, TimeSpan.FromMicroseconds(30), TimeSpan.FromMicroseconds(60)),
            histogram.Snapshot());
    }

    [Fact]
    public void Snapshot_AnyDuration_IsAtMostThreePercentTooHighAndNeverTooLow() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), microseconds =>
        {
            var histogram = new LatencyHistogram(_clock);
            histogram.Record(TimeSpan.FromMicroseconds(microseconds));

            var (count, _, p50, p99) = histogram.Snapshot();

            return count == 1 && p50 == p99
                && p50.TotalMicroseconds >= microseconds
                && p50.TotalMicroseconds <= microseconds * 1.032;
        }));

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(10_000_000_000_000, uint.MaxValue)]
    public void Snapshot_DurationOutOfRange_CountsAsTheNearestEnd(long microseconds, long expectedMicroseconds)
    {
        var histogram = new LatencyHistogram(_clock);

        histogram.Record(TimeSpan.FromMicroseconds(microseconds));

        Assert.Equal(TimeSpan.FromMicroseconds(expectedMicroseconds), histogram.Snapshot().P99);
    }

    [Fact]
    public void Snapshot_AsTimePasses_ForgetsWhatIsOlderThanAMinute()
    {
        var histogram = new LatencyHistogram(_clock);
        var counts = new List<long>();

        for (var second = 0; second < 120; second += 5)
        {
            if (second < 60) histogram.Record(TimeSpan.FromMilliseconds(1));
            counts.Add(histogram.Snapshot().Count);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], counts);
    }

    [Fact]
    public async Task Record_FromManyThreads_LosesNothing()
    {
        var histogram = new LatencyHistogram(TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var number = 0; number < 10_000; number++)
                histogram.Record(TimeSpan.FromMilliseconds(number % 10));
        })));

        Assert.Equal(80_000, histogram.Snapshot().Count);
    }
}
