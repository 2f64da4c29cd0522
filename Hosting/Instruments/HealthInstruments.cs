using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Hosting.Instruments;

/// <summary>
/// What <c>/health/ready</c> would say, as a metric: so that the alarm is raised by whoever reads metrics.
/// </summary>
internal sealed class HealthInstruments : IHealthCheckPublisher
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CoffeePayment.Health";

    /// <summary>How often it is asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Checks that have not come to an end for so long are as good as failed.</summary>
    private static readonly TimeSpan AgeMax = 3 * Period;

    private readonly TimeProvider _time;
    private volatile Told? _told;

    public HealthInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        meters.Create(MeterName).CreateObservableGauge(
            "coffee.health",
            Observe,
            description: "Whether the process can do its work, by what that takes: 1 yes, 0 no.");
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _told = new Told(
            _time.GetTimestamp(),
            report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status, StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<int>> Observe()
    {
        if (_told is not { } told) return [];

        var isFresh = _time.GetElapsedTime(told.At) < AgeMax;
        return told.Checks.Select(check => new Measurement<int>(
            isFresh && check.Value != HealthStatus.Unhealthy ? 1 : 0,
            new KeyValuePair<string, object?>("check", check.Key)));
    }

    private sealed record Told(long At, IReadOnlyDictionary<string, HealthStatus> Checks);
}
