using CoffeePayment.Api.Metrics;

namespace CoffeePayment.Tests.Api;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("coffee.checks", "{check}", "Counter", "coffee_checks_total", 1)]
    [InlineData("coffee.checks.total", null, "Counter", "coffee_checks_total", 1)]
    [InlineData("dotnet.gc.heap.total_allocated", "By", "Counter", "dotnet_gc_heap_total_allocated_bytes_total", 1)]
    [InlineData("coffee.check.duration", "s", "Histogram", "coffee_check_duration_seconds", 1)]
    [InlineData("coffee.check.duration_seconds", "s", "Histogram", "coffee_check_duration_seconds", 1)]
    [InlineData("coffee.wait", "ms", "Histogram", "coffee_wait_seconds", 0.001)]
    [InlineData("coffee.wait", "us", "Gauge", "coffee_wait_seconds", 0.000001)]
    [InlineData("coffee.wait", "ns", "Gauge", "coffee_wait_seconds", 0.000000001)]
    [InlineData("coffee.load", "%", "Gauge", "coffee_load_ratio", 0.01)]
    [InlineData("dotnet.timer.count", "{timer}", "Gauge", "dotnet_timers", 1)]
    [InlineData("dotnet.assembly.count", "{assembly}", "Gauge", "dotnet_assemblies", 1)]
    [InlineData("a..b--c/d e", null, "Gauge", "a_b_c_d_e", 1)]
    [InlineData("1st", null, "Gauge", "_1st", 1)]
    [InlineData("чай", null, "Gauge", "_", 1)]
    public void Name_OfAnInstrument_IsAsPrometheusWantsIt(
        string instrument, string? unit, string kind, string name, double factor)
    {
        var names = MetricNames.Of(instrument, unit, Enum.Parse<MetricKind>(kind));

        Assert.Equal(new MetricNames(name, factor), names);
    }

    [Theory]
    [InlineData("http.response.status_code", "http_response_status_code")]
    [InlineData("le", "tag_le")]
    [InlineData("__name__", "_name_")]
    [InlineData("1", "_1")]
    public void Label_OfATag_IsOneThatPrometheusTakes(string tag, string label) =>
        Assert.Equal(label, MetricNames.Label(tag));
}
