using System.Diagnostics;
using System.Diagnostics.Metrics;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Grains.Statistics;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Orders;

/// <summary>What is counted and measured about orders: for OpenTelemetry, and for the silo's own figures.</summary>
public sealed class OrderInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CoffeePayment.Orders";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly SiloStatistics _statistics;
    private readonly Counter<long> _checks;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _commands;
    private readonly Histogram<double> _checkDuration;
    private readonly Histogram<double> _checkLateness;

    public OrderInstruments(IMeterFactory meters, SiloStatistics statistics)
    {
        var meter = meters.Create(MeterName);
        _statistics = statistics;
        _checks = meter.CreateCounter<long>("coffee.checks", "{check}", "Checks, by the provider's answer.");
        _decisions = meter.CreateCounter<long>(
            "coffee.decisions", "{decision}", "Changes of an order's status, by the new status and its reason.");
        _commands = meter.CreateCounter<long>("coffee.make.commands", "{command}", "Make commands sent, by outcome.");
        _checkDuration = meter.CreateHistogram(
            "coffee.check.duration", "s", "From asking the provider to its answer.", advice: Seconds);
        _checkLateness = meter.CreateHistogram(
            "coffee.check.lateness", "s", "How long after it was due a check started.", advice: Seconds);
        meter.CreateObservableUpDownCounter(
            "coffee.orders.active", ObserveTracks, "{order}", "Orders that are looked after in this silo, by track.");
    }

    /// <summary>The provider is about to be asked; the check is under way until what is returned is disposed of.</summary>
    public ActiveChecks.Place Checking(PaymentInquiry inquiry, DateTimeOffset startedAt) =>
        _statistics.UnderWay.Begin(inquiry, startedAt);

    /// <summary>A silo began to look after the order.</summary>
    public void Activated(PaymentOrder order) => _statistics.AddToTrack(order.Track, 1);

    /// <summary>A silo no longer looks after the order.</summary>
    public void Deactivated(PaymentOrder order) => _statistics.AddToTrack(order.Track, -1);

    /// <summary>An order was written.</summary>
    public void Changed(PaymentOrder? before, PaymentOrder after)
    {
        if (before is not null && before.Track != after.Track)
        {
            _statistics.AddToTrack(before.Track, -1);
            _statistics.AddToTrack(after.Track, 1);
        }

        if (before?.Status == after.Status) return;

        _decisions.Add(
            1,
            new KeyValuePair<string, object?>("status", WireNames.Of(after.Status)),
            new KeyValuePair<string, object?>("reason", StatusReasons.AsLabel(after.StatusReason)));
    }

    /// <summary>A check came back, or was put off.</summary>
    public void Checked(PaymentOrder order, ProviderAnswer answer, DateTimeOffset startedAt, TimeSpan duration)
    {
        _checks.Add(1, new KeyValuePair<string, object?>("outcome", ProviderAnswerTexts.OutcomeOf(answer)));
        if (answer is ProviderAnswer.NotAsked) return;

        _checkDuration.Record(duration.TotalSeconds);

        // A hinted check comes before it is due, and is not late.
        var lateness = startedAt - (order.DueAt ?? startedAt);
        if (lateness >= TimeSpan.Zero) _checkLateness.Record(lateness.TotalSeconds);
        _statistics.CheckStarted(lateness);
    }

    /// <summary>The machine answered a make command, or did not.</summary>
    public void MakeAnswered(MakeAnswer answer)
    {
        var outcome = answer switch
        {
            MakeAnswer.Accepted => "accepted",
            MakeAnswer.Refused => "refused",
            _ => "unknown",
        };
        _commands.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
    }

    private IEnumerable<Measurement<long>> ObserveTracks() => _statistics.OrdersByTrack.Select(
        pair => new Measurement<long>(pair.Value, new TagList { { "track", WireNames.Of(pair.Key) } }));
}
