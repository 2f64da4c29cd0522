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
    private readonly Histogram<double> _storageDuration;
    private readonly Counter<long> _storageFailures;

    public OrderInstruments(IMeterFactory meters, SiloStatistics statistics)
    {
        var meter = meters.Create(MeterName);
        _statistics = statistics;
        _checks = meter.CreateCounter<long>("coffee.checks", "{check}", "Checks, by the provider's answer.");
        _decisions = meter.CreateCounter<long>(
            "coffee.decisions", "{decision}", "Changes of an order's status, by the new status and its reason.");
        _commands = meter.CreateCounter<long>("coffee.make.commands", "{command}", "Make commands sent, by outcome.");
        _checkDuration = meter.CreateHistogram(
            "coffee.check.duration", "s", "From asking the provider until what it said is stored.", advice: Seconds);
        _checkLateness = meter.CreateHistogram(
            "coffee.check.lateness", "s", "How long after it was due a check started.", advice: Seconds);
        _storageDuration = meter.CreateHistogram(
            "coffee.storage.duration",
            "s",
            "How long an order's grain waited for the storage, by what was written.",
            advice: Seconds);
        _storageFailures = meter.CreateCounter<long>(
            "coffee.storage.failures", "{write}", "Writes of an order that failed, by what was to be written.");
        meter.CreateObservableUpDownCounter(
            "coffee.orders.active", ObserveTracks, "{order}", "Orders that are looked after in this silo, by track.");
        meter.CreateObservableUpDownCounter(
            "coffee.checks.active", () => _statistics.UnderWay.Count, "{check}", "Checks under way in this silo.");
        BeginAtZero();
    }

    /// <summary>
    /// The provider is about to be asked; the check is under way until what is returned is disposed of.
    /// </summary>
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
            Tag("status", WireNames.Of(after.Status)),
            Tag("reason", StatusReasons.AsLabel(after.StatusReason)));
    }

    /// <summary>The provider answered, or was not asked.</summary>
    public void Answered(PaymentOrder order, ProviderAnswer answer, DateTimeOffset startedAt)
    {
        _checks.Add(1, Tag("outcome", ProviderAnswerTexts.OutcomeOf(answer)));
        if (answer is ProviderAnswer.NotAsked) return;

        // A hinted check comes before it is due, and is not late.
        var lateness = startedAt - (order.DueAt ?? startedAt);
        if (lateness >= TimeSpan.Zero) _checkLateness.Record(lateness.TotalSeconds);
        _statistics.CheckStarted(lateness);
    }

    /// <summary>What the provider answered is stored.</summary>
    public void Checked(TimeSpan duration) => _checkDuration.Record(duration.TotalSeconds);

    /// <summary>The storage has done a write.</summary>
    /// <param name="write">What was written; one of <see cref="StorageWrites"/>.</param>
    /// <param name="duration">How long the grain waited for it.</param>
    public void Stored(string write, TimeSpan duration) =>
        _storageDuration.Record(duration.TotalSeconds, Tag("write", write));

    /// <summary>The storage has failed at a write. That somebody else was first is no failure.</summary>
    /// <param name="write">What was to be written; one of <see cref="StorageWrites"/>.</param>
    public void NotStored(string write) =>
        _storageFailures.Add(1, Tag("write", write));

    /// <summary>The machine answered a make command, or did not.</summary>
    public void MakeAnswered(MakeAnswer answer) =>
        _commands.Add(1, Tag("outcome", MakeAnswerTexts.OutcomeOf(answer)));

    /// <summary>
    /// Says of everything that may never happen that it has not happened yet: a rate cannot see a series' first value.
    /// </summary>
    private void BeginAtZero()
    {
        foreach (var write in StorageWrites.All) _storageFailures.Add(0, Tag("write", write));
        foreach (var outcome in MakeAnswerTexts.Outcomes) _commands.Add(0, Tag("outcome", outcome));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private IEnumerable<Measurement<long>> ObserveTracks() => _statistics.OrdersByTrack.Select(
        pair => new Measurement<long>(pair.Value, new TagList { { "track", WireNames.Of(pair.Key) } }));
}

/// <summary>What of an order is written, in the words of metrics.</summary>
public static class StorageWrites
{
    /// <summary>The order's state.</summary>
    public const string State = "state";

    /// <summary>A new order's entries in all indexes, before its state.</summary>
    public const string Enlist = "enlist";

    /// <summary>An order's entries in the indexes, after its state.</summary>
    public const string Index = "index";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [State, Enlist, Index];
}
