using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Tests.Bench;

public sealed class FigureTests
{
    private static readonly Figure Plain = new("checks", "CPU time per check", "Redis, 1 silo", 80, "µs");

    [Fact]
    public void IsReached_NothingWanted_IsUnknown() => Assert.Null(Plain.IsReached);

    [Theory]
    [InlineData(79, false)]
    [InlineData(80, true)]
    public void IsReached_AtMost_ComparesTheValue(double bound, bool expected) =>
        Assert.Equal(expected, (Plain with { Wanted = Target.AtMost(bound) }).IsReached);

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public void IsReached_AtLeast_ComparesTheValue(double bound, bool expected) =>
        Assert.Equal(expected, (Plain with { Wanted = Target.AtLeast(bound) }).IsReached);

    [Theory]
    [InlineData(1.25, true)]
    [InlineData(1.26, false)]
    public void IsReached_OfTheRatio_ComparesTheRatio(double ratio, bool expected) =>
        Assert.Equal(expected, (Plain with { Ratio = ratio, Wanted = Target.RatioAtMost(1.25) }).IsReached);

    [Fact]
    public void IsReached_OfARatioThatIsNotKnown_IsNo() =>
        Assert.False((Plain with { Wanted = Target.RatioAtMost(1.25) }).IsReached);
}
