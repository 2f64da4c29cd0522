using System.Diagnostics;
using System.Diagnostics.Metrics;
using CoffeePayment.Api.Metrics;

namespace CoffeePayment.Tests.Api;

public sealed class MetricsTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddMetrics().AddSingleton<MetricsCollector>().BuildServiceProvider();

    private readonly Meter _meter;
    private readonly MetricsCollector _collector;

    public MetricsTests()
    {
        _meter = _services.GetRequiredService<IMeterFactory>().Create("CoffeePayment.Tests");
        _collector = _services.GetRequiredService<MetricsCollector>();
        _collector.Start();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Counter_WithTags_IsSummedForEachSet()
    {
        var counter = _meter.CreateCounter<long>("t.checks", "{check}", "Checks made.");

        counter.Add(1, new("outcome", "pending"), new("ok", true));
        counter.Add(2, new("ok", true), new("outcome", "pending"));
        counter.Add(5, new KeyValuePair<string, object?>("outcome", "timeout"));
        counter.Add(7);

        AssertExposed(
            "# HELP t_checks_total Checks made.",
            "# TYPE t_checks_total counter",
            "t_checks_total 7",
            "t_checks_total{ok=\"true\",outcome=\"pending\"} 3",
            "t_checks_total{outcome=\"timeout\"} 5");
    }

    [Fact]
    public void UpDownCounterAndGauge_AreGauges()
    {
        var orders = _meter.CreateUpDownCounter<int>("t.orders");
        var load = _meter.CreateGauge<double>("t.load");

        orders.Add(5);
        orders.Add(-7);
        load.Record(0.5);
        load.Record(0.25);

        AssertExposed(
            "# HELP t_load t.load",
            "# TYPE t_load gauge",
            "t_load 0.25",
            "# HELP t_orders t.orders",
            "# TYPE t_orders gauge",
            "t_orders -2");
    }

    [Fact]
    public void Histogram_WithAdvice_CountsIntoItsBucketsInclusively()
    {
        var histogram = _meter.CreateHistogram(
            "t.wait", "ms", "Wait.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [10, 100] });

        foreach (var value in (int[])[5, 10, 11, 100, 101])
            histogram.Record(value, new KeyValuePair<string, object?>("a", 1));

        AssertExposed(
            "# HELP t_wait_seconds Wait.",
            "# TYPE t_wait_seconds histogram",
            "t_wait_seconds_bucket{a=\"1\",le=\"0.01\"} 2",
            "t_wait_seconds_bucket{a=\"1\",le=\"0.1\"} 4",
            "t_wait_seconds_bucket{a=\"1\",le=\"+Inf\"} 5",
            "t_wait_seconds_sum{a=\"1\"} 0.227",
            "t_wait_seconds_count{a=\"1\"} 5");
    }

    [Fact]
    public void Histogram_WithoutAdvice_HasBucketsForItsUnit()
    {
        _meter.CreateHistogram<double>("t.seconds", "s").Record(0.02);
        _meter.CreateHistogram<double>("t.sizes").Record(20);

        var lines = Lines();

        Assert.Contains("t_seconds_bucket{le=\"0.025\"} 1", lines);
        Assert.Contains("t_seconds_bucket{le=\"0.01\"} 0", lines);
        Assert.Contains("t_sizes_bucket{le=\"25\"} 1", lines);
        Assert.Contains("t_sizes_bucket{le=\"10\"} 0", lines);
    }

    [Fact]
    public void ObservableInstruments_AreAskedEachTimeAndForgetWhatIsGone()
    {
        var orders = new Dictionary<string, long>(StringComparer.Ordinal) { ["fast"] = 3, ["slow"] = 4 };
        _meter.CreateObservableUpDownCounter(
            "t.active", () => orders.Select(o => new Measurement<long>(o.Value, new TagList { { "track", o.Key } })));
        _meter.CreateObservableCounter("t.seen", () => 9L);

        var before = Lines();
        orders.Remove("slow");
        orders["fast"] = 2;
        var after = Lines();

        Assert.Contains("t_active{track=\"fast\"} 3", before);
        Assert.Contains("t_active{track=\"slow\"} 4", before);
        Assert.Contains("t_active{track=\"fast\"} 2", after);
        Assert.DoesNotContain(after, line => line.Contains("slow", StringComparison.Ordinal));
        Assert.Contains("t_seen_total 9", after);
    }

    [Fact]
    public void ObservableInstrument_ThatThrows_DoesNotHideTheOthers()
    {
        _meter.CreateObservableGauge("t.broken", int () => throw new InvalidOperationException());
        _meter.CreateObservableGauge("t.whole", () => 1);

        AssertExposed("# HELP t_whole t.whole", "# TYPE t_whole gauge", "t_whole 1");
    }

    [Fact]
    public void Labels_WithSpecialCharacters_AreEscaped()
    {
        _meter.CreateCounter<int>("t.odd", description: "a\\b\nc").Add(
            1, new("q", "say \"hi\"\\\n"), new("none", null), new("a.b", 1.5), new("a_b", 2));

        AssertExposed(
            @"# HELP t_odd_total a\\b\nc",
            "# TYPE t_odd_total counter",
            """t_odd_total{a_b="1.5",none="",q="say \"hi\"\\\n"} 1""");
    }

    [Fact]
    public void Series_BeyondTheBound_AreCountedInOneThatSaysSo()
    {
        var counter = _meter.CreateCounter<int>("t.many");

        for (var id = 0; id < MetricFamily.SeriesMax + 50; id++) CountOne(id);
        for (var id = 0; id < 10; id++) CountOne(id);

        var lines = Lines();
        Assert.Equal(2 + MetricFamily.SeriesMax + 1, lines.Count);
        Assert.Contains("t_many_total{otel_metric_overflow=\"true\"} 50", lines);
        Assert.Contains("t_many_total{id=\"3\"} 2", lines);
        Assert.Contains("t_many_total{id=\"999\"} 1", lines);

        void CountOne(int id) => counter.Add(1, new KeyValuePair<string, object?>("id", id));
    }

    [Fact]
    public void Measurements_FromManyThreads_AreAllCounted()
    {
        var counter = _meter.CreateCounter<int>("t.parallel");
        var histogram = _meter.CreateHistogram<double>("t.parallel_wait", "s");

        Parallel.For(0, 20_000, i =>
        {
            counter.Add(1, new KeyValuePair<string, object?>("a", i % 3 == 0 ? "x" : "y"));
            histogram.Record(1);
        });

        var lines = Lines();
        Assert.Contains("t_parallel_total{a=\"x\"} 6667", lines);
        Assert.Contains("t_parallel_total{a=\"y\"} 13333", lines);
        Assert.Contains("t_parallel_wait_seconds_count 20000", lines);
        Assert.Contains("t_parallel_wait_seconds_sum 20000", lines);
    }

    [Fact]
    public void Measurement_OfAKnownSeries_AllocatesNothing()
    {
        var counter = _meter.CreateCounter<long>("t.hot");
        var histogram = _meter.CreateHistogram<double>("t.hot_wait", "s");
        var tag = new KeyValuePair<string, object?>("outcome", "pending");
        Measure(10_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(10_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Measure(int count)
        {
            for (var i = 0; i < count; i++)
            {
                counter.Add(1, tag);
                histogram.Record(0.01);
            }
        }
    }

    [Fact]
    public void Meters_OfOthers_AreLeftOut()
    {
        using var foreign = new Meter("Some.Library");
        using var otherHost = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var othersMeter = otherHost.GetRequiredService<IMeterFactory>().Create("CoffeePayment.Tests");

        foreign.CreateCounter<int>("t.foreign").Add(1);
        othersMeter.CreateCounter<int>("t.other_host").Add(1);

        AssertExposed();
    }

    [Fact]
    public async Task Metrics_OfTheApi_AreServedAsText()
    {
        await using var api = await ApiHarness.StartAsync();
        await api.GetAsync("/v1/orders/order-1");

        var answer = await api.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.ContentType);
        Assert.Contains(
            "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"404\","
            + "http_route=\"/v1/orders/{id}\",network_protocol_version=\"1.1\",url_scheme=\"http\"} 1\n",
            answer.Text);
        Assert.Contains("dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}", answer.Text);
        Assert.Contains("kestrel_active_connections{", answer.Text);
    }

    private void AssertExposed(params string[] expected) => Assert.Equal(expected, Lines());

    /// <summary>What is told of the meter of this test; the process has more.</summary>
    private List<string> Lines() =>
    [
        .. _collector.Collect().Split('\n').Where(line => line.StartsWith("t_", StringComparison.Ordinal)
            || line.StartsWith("# HELP t_", StringComparison.Ordinal)
            || line.StartsWith("# TYPE t_", StringComparison.Ordinal)),
    ];
}
