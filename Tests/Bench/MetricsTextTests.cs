using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Tests.Bench;

public sealed class MetricsTextTests
{
    private const string One = """
        # HELP coffee_checks_total Checks, by the provider's answer.
        # TYPE coffee_checks_total counter
        coffee_checks_total{outcome="pending"} 7
        coffee_checks_total{outcome="no_answer"} 2
        coffee_checks_total_created 5
        lateness_bucket{le="0.001"} 1
        lateness_bucket{le="0.01"} 4
        lateness_bucket{le="+Inf"} 5
        lateness_sum 0.25
        """;

    [Fact]
    public void Sum_SeveralLabels_AddsThemUp() => Assert.Equal(9, MetricsText.Parse([One]).Sum("coffee_checks_total"));

    [Fact]
    public void Sum_SeveralSilos_AddsThemUp() =>
        Assert.Equal(18, MetricsText.Parse([One, One]).Sum("coffee_checks_total"));

    [Fact]
    public void Sum_UnknownName_IsZero() => Assert.Equal(0, MetricsText.Parse([One]).Sum("coffee_checks"));

    [Fact]
    public void Buckets_SeveralSilos_AreThoseOfAll() => Assert.Equal(
        new SortedDictionary<double, double> { [0.001] = 2, [0.01] = 8, [double.PositiveInfinity] = 10 },
        MetricsText.Parse([One, One]).Buckets("lateness"));

    [Fact]
    public void Buckets_UnknownName_AreNone() => Assert.Empty(MetricsText.Parse([One]).Buckets("latency"));
}
