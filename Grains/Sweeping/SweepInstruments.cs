using System.Diagnostics.Metrics;
using CoffeePayment.Grains.Orders;

namespace CoffeePayment.Grains.Sweeping;

/// <summary>What is counted and measured about sweeps.</summary>
public sealed class SweepInstruments
{
    private readonly Counter<long> _sweeps;
    private readonly Counter<long> _restarts;
    private readonly Histogram<double> _duration;
    private readonly Gauge<long> _pending;

    public SweepInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(OrderInstruments.MeterName);
        _sweeps = meter.CreateCounter<long>("coffee.sweeps", "{sweep}", "Sweeps made.");
        _restarts = meter.CreateCounter<long>("coffee.orphans.restarted", "{order}", "Orders that sweeps restarted.");
        _duration = meter.CreateHistogram<double>("coffee.sweep.duration", "s", "How long a sweep took.");
        _pending = meter.CreateGauge<long>(
            "coffee.orders.pending", "{order}", "Orders in the due index at the last sweep, late checks included.");
    }

    /// <summary>A sweep ended.</summary>
    public void Swept(SweepReport report)
    {
        _sweeps.Add(1);
        _restarts.Add(report.Restarted);
        _duration.Record(report.Duration.TotalSeconds);
        _pending.Record(report.Pending);
    }
}
