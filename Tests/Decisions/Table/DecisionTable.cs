using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Decisions.Table;

/// <summary>
/// The rules of DESIGN.md, section 3, a row per state and event, those that cannot meet included. Times are seconds
/// after the payment started; the settings are the defaults: fast until 300 s every 5 s, then every 60 s, expired at
/// 900 s, late checks 5 min, 1 h, 6 h and 24 h after giving up.
/// </summary>
public sealed partial class DecisionTable
{
    private static readonly PaymentOptions Defaults = new();
    private static readonly PaymentOptions Deduplicates = new() { MachineDeduplicates = true };
    private static readonly PaymentOptions NoLateChecks = new() { LateChecks = [] };

    private static readonly Dictionary<string, DecisionRow> Rows =
        PendingAnswered()
            .Concat(PendingUnanswered())
            .Concat(PendingOtherwise())
            .Concat(Late())
            .Concat(LateOtherwise())
            .Concat(Makes())
            .Concat(MakesOtherwise())
            .Concat(Done())
            .ToDictionary(row => row.Label, StringComparer.Ordinal);

    public static TheoryData<string> Labels => new(Rows.Keys);

    [Theory]
    [MemberData(nameof(Labels))]
    public void Decide_RowOfTable_GivesWhatTheRowSays(string label)
    {
        var row = Rows[label];

        var decision = PaymentDecider.Decide(row.Given, row.When.Event, row.When.Now, row.Options);

        // xunit cuts long labels, so the row names itself.
        var then = Then.Of(decision);
        Assert.True(row.Then == then, $"{label}\nexpected {row.Then}\nactual   {then}");
        if (decision.Kind != DecisionKind.Applied)
            Assert.Same(row.Given, decision.Order);

        AssertBookkeeping(row, decision);
    }

    [Fact]
    public void Table_EveryStatusAndEventKind_HasARow()
    {
        var pairs = Enum.GetValues<OrderStatus>()
            .SelectMany(status => EventKinds.All.Select(kind => (status, kind)))
            .ToHashSet();

        var covered = Rows.Values.Select(row => (row.Given.Status, EventKinds.Of(row.When.Event))).ToHashSet();

        Assert.Empty(pairs.Except(covered));
        Assert.Empty(covered.Except(pairs));
    }

    private static void AssertBookkeeping(DecisionRow row, Decision decision)
    {
        var (before, after) = (row.Given, decision.Order);
        var isApplied = decision.Kind == DecisionKind.Applied;
        var statusChanged = after.Status != before.Status;

        Assert.Equal(decision.Kind == DecisionKind.Forbidden, decision.Refusal is not null);
        Assert.Equal(before.Revision + (isApplied ? 1 : 0), after.Revision);
        Assert.Equal(before.Registration, after.Registration);
        Assert.Equal(statusChanged ? row.When.Now : before.StatusChangedAt, after.StatusChangedAt);
        Assert.Equal(
            row.When.Event is OrderEvent.CheckAnswered check && after.CheckAttempts > before.CheckAttempts
                ? check.StartedAt
                : before.LastCheckAt,
            after.LastCheckAt);
        Assert.Equal(
            after.Status is OrderStatus.Failed or OrderStatus.NotPaid or OrderStatus.MakeFailed
                or OrderStatus.ManualMake,
            after.FailedPresentationDesc is not null);
        if (statusChanged)
            Assert.NotEqual(before.FailedPresentationDesc ?? "", after.FailedPresentationDesc);
    }

    private static DecisionRow Row(
        string label, PaymentOrder given, When when, Then then, PaymentOptions? options = null) =>
        new(label, given, when, then, options ?? Defaults);

    /// <summary>A row for each event: it came too late or to the wrong state and changes nothing.</summary>
    private static IEnumerable<DecisionRow> Ignored(string state, PaymentOrder given, params When[] events) =>
        events.Select(when => Row(
            $"{state} | {EventKinds.Of(when.Event)}: ignored",
            given,
            when,
            Then.Unchanged(DecisionKind.Ignored, given)));

    /// <summary>A row for each outcome: a person asked for what the rules do not allow.</summary>
    private static IEnumerable<DecisionRow> Forbidden(
        string state, PaymentOrder given, params ResolutionOutcome[] outcomes) =>
        outcomes.Select(outcome => Row(
            $"{state} | Resolved {outcome}: forbidden",
            given,
            When.Resolved(outcome, at: 1000),
            Then.Unchanged(DecisionKind.Forbidden, given)));

    private static When[] EveryCheck(decimal at) =>
        [.. EveryAnswer().Select(answer => When.Check(answer, from: at - 0.2m, to: at))];

    private static When[] EveryMakeEvent(decimal at) => [When.MakeDue(at), .. EveryMakeOutcome(at)];

    private static When[] EveryMakeOutcome(decimal at) =>
    [
        When.Make(When.Accepted, at),
        When.Make(When.Refused, at),
        When.Make(When.Unknown, at),
        When.MakeInterrupted(at),
    ];

    private static ProviderAnswer[] EveryAnswer() =>
    [
        When.Pending,
        When.Succeeded,
        When.Canceled,
        When.WaitingForCapture,
        When.UnknownStatus,
        When.NoAnswer(),
        When.NotAsked(7),
    ];
}
