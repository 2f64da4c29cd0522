using System.Diagnostics.Metrics;
using CoffeePayment.Grains.Orders;

namespace CoffeePayment.Grains.Sweeping;

/// <summary>
/// What is counted and measured about sweeps. Only sums: the sweeper lives on one silo after the other, and a figure
/// that holds until the next sweep would stay behind where it has left.
/// </summary>
public sealed class SweepInstruments
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Counter<long> _sweeps;
    private readonly Counter<long> _overdue;
    private readonly Counter<long> _restarted;
    private readonly Counter<long> _repaired;
    private readonly Counter<long> _unreachable;
    private readonly Counter<long> _forgotten;
    private readonly Histogram<double> _duration;

    public SweepInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(OrderInstruments.MeterName);
        _sweeps = meter.CreateCounter<long>("coffee.sweeps", "{sweep}", "Sweeps made.");
        _overdue = meter.CreateCounter<long>(
            "coffee.orphans.found", "{order}", "Orders that sweeps found overdue, late checks included.");
        _restarted = meter.CreateCounter<long>("coffee.orphans.restarted", "{order}", "Orders that sweeps restarted.");
        _repaired = meter.CreateCounter<long>(
            "coffee.orphans.repaired",
            "{order}",
            "Orders that sweeps found done, and whose index entries they put right.");
        _unreachable = meter.CreateCounter<long>(
            "coffee.orphans.unreachable", "{order}", "Orders that a sweep could not reach and left to the next one.");
        _forgotten = meter.CreateCounter<long>(
            "coffee.orders.forgotten", "{order}", "Done orders deleted after their retention.");
        _duration = meter.CreateHistogram("coffee.sweep.duration", "s", "How long a sweep took.", advice: Seconds);
    }

    /// <summary>A sweep ended.</summary>
    public void Swept(SweepReport report)
    {
        _sweeps.Add(1);
        _overdue.Add(report.Overdue);
        _restarted.Add(report.Restarted);
        _repaired.Add(report.Repaired);
        _unreachable.Add(report.Unreachable);
        _forgotten.Add(report.Forgotten);
        _duration.Record(report.Duration.TotalSeconds);
    }
}
