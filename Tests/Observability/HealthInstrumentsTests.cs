using System.Diagnostics.Metrics;
using CoffeePayment.Api.Metrics;
using CoffeePayment.Hosting.Instruments;
using CoffeePayment.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Tests.Observability;

public sealed class HealthInstrumentsTests : IDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddMetrics().AddSingleton<MetricsCollector>().BuildServiceProvider();

    private readonly MetricsCollector _collector;
    private readonly HealthInstruments _health;

    public HealthInstrumentsTests()
    {
        _collector = _services.GetRequiredService<MetricsCollector>();
        _collector.Start();
        _health = new HealthInstruments(_services.GetRequiredService<IMeterFactory>(), _time);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Checks_NotMadeYet_AreNoSeries() => Assert.Empty(Lines());

    [Fact]
    public async Task Checks_AreOneIfTheyAreWellAndZeroIfNot()
    {
        await PublishAsync(("silo", HealthStatus.Healthy), ("storage", HealthStatus.Unhealthy));

        Assert.Equal(["coffee_health{check=\"silo\"} 1", "coffee_health{check=\"storage\"} 0"], Lines());
    }

    [Fact]
    public async Task Checks_ThatComeToNoEnd_AreZero()
    {
        await PublishAsync(("silo", HealthStatus.Healthy));

        _time.Advance(3 * HealthInstruments.Period);

        Assert.Equal(["coffee_health{check=\"silo\"} 0"], Lines());
    }

    private Task PublishAsync(params (string Name, HealthStatus Status)[] checks) => _health.PublishAsync(
        new HealthReport(
            checks.ToDictionary(
                check => check.Name,
                check => new HealthReportEntry(check.Status, null, TimeSpan.Zero, null, null)),
            TimeSpan.Zero),
        CancellationToken.None);

    private List<string> Lines() =>
        [.. _collector.Collect().Split('\n').Where(line => line.StartsWith("coffee_health{"))];
}
