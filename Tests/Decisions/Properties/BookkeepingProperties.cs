using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>What every decision leaves in order: counts, times, revision, history, texts.</summary>
public sealed class BookkeepingProperties
{
    // DESIGN.md, section 3, as arrows; an order may also stay where it is.
    private static readonly HashSet<(OrderStatus From, OrderStatus To)> Ways =
    [
        (OrderStatus.Pending, OrderStatus.Paid),
        (OrderStatus.Pending, OrderStatus.NotPaid),
        (OrderStatus.Pending, OrderStatus.Failed),
        (OrderStatus.Pending, OrderStatus.ManualMake),
        (OrderStatus.NotPaid, OrderStatus.ManualMake),
        (OrderStatus.Failed, OrderStatus.ManualMake),
        (OrderStatus.Paid, OrderStatus.MakePending),
        (OrderStatus.Paid, OrderStatus.MakeFailed),
        (OrderStatus.Paid, OrderStatus.ManualMake),
        (OrderStatus.MakePending, OrderStatus.Successful),
        (OrderStatus.MakePending, OrderStatus.MakeFailed),
        (OrderStatus.ManualMake, OrderStatus.Successful),
        (OrderStatus.ManualMake, OrderStatus.Refunded),
        (OrderStatus.MakeFailed, OrderStatus.Successful),
        (OrderStatus.MakeFailed, OrderStatus.Refunded),
        (OrderStatus.Failed, OrderStatus.Successful),
        (OrderStatus.Failed, OrderStatus.Refunded),
        (OrderStatus.NotPaid, OrderStatus.Successful),
        (OrderStatus.NotPaid, OrderStatus.Refunded),
        (OrderStatus.Successful, OrderStatus.Refunded),
    ];

    [Fact]
    public void Status_AfterAnyEvent_TookAWayThatTheDesignHas() => Property.HoldsAtEveryStep(step =>
    {
        var (from, to) = (step.Before.Status, step.After.Status);

        Assert.True(from == to || Ways.Contains((from, to)), $"{from} became {to}");
        Assert.Equal(from == to ? step.Before.StatusChangedAt : step.Now, step.After.StatusChangedAt);
    });

    [Fact]
    public void Attempts_AfterAnyEvent_AreBounded() => Property.HoldsAtEveryStep(step =>
    {
        var limit = step.Options.AttemptsLimit - (step.After.Status == OrderStatus.Pending ? 1 : 0);

        Assert.InRange(step.After.UnansweredAttempts, 0, limit);
        Assert.InRange(step.After.Make?.Attempts ?? 1, 1, PaymentOptions.MakeAttemptsLimit);
        Assert.InRange(step.After.LateChecks, 0, step.Options.LateChecks.Count);
    });

    [Fact]
    public void CheckAttempts_OverALife_CountEveryCheckThatAsked() => Property.HoldsAtEveryStep(step =>
    {
        var asked = step is { IsApplied: true, Event: OrderEvent.CheckAnswered { Answer: not ProviderAnswer.NotAsked } }
            ? (OrderEvent.CheckAnswered)step.Event
            : null;

        Assert.Equal(step.Before.CheckAttempts + (asked is null ? 0 : 1), step.After.CheckAttempts);
        Assert.Equal(asked?.StartedAt ?? step.Before.LastCheckAt, step.After.LastCheckAt);
    });

    [Fact]
    public void Order_ThatIsDone_HasNoNextCheckAndNoTrack() => Property.HoldsAtEveryStep(step =>
    {
        var (status, reason) = (step.After.Status, step.After.StatusReason);
        var isLate = status is OrderStatus.Failed || reason == StatusReasons.PaymentExpired;
        if (!isLate && status is not (OrderStatus.Pending or OrderStatus.Paid))
            Assert.Null(step.After.DueAt);

        Assert.Equal(step.After.DueAt is not null && status != OrderStatus.Paid, step.After.Track is not null);
    });

    [Fact]
    public void Revision_GrowsByOneWithEveryChange_AndOnlyThen() => Property.HoldsAtEveryStep(step =>
    {
        if (step.IsApplied)
        {
            Assert.Equal(step.Before.Revision + 1, step.After.Revision);
        }
        else
        {
            Assert.Same(step.Before, step.After);
            Assert.Empty(step.Decision.Effects);
        }
    });

    [Fact]
    public void History_OverALife_CountsWhatHappenedAndIsBounded() => Property.Holds(Lives.Arbitrary(), life =>
    {
        var happened = 1;
        foreach (var step in life.Live())
        {
            // Being paid and sending the command are two things that happen at once.
            if (step.IsApplied) happened += step is { Event: OrderEvent.CheckAnswered, After.Make: not null } ? 2 : 1;
            var history = step.After.History;

            Assert.True(history.Length <= OrderHistory.EntriesMax, "unbounded");
            Assert.Equal(HistoryKind.Registered, history[0].Kind);
            if (happened <= OrderHistory.EntriesMax)
                Assert.Equal(happened, history.Sum(entry => entry.Count));
            if (step.IsApplied)
                Assert.Equal((step.After.Status, step.Now), (history[^1].Status, history[^1].LastAt ?? history[^1].At));
        }
    });

    [Fact]
    public void Times_InAnyResult_AreUtc() => Property.Holds(Lives.Arbitrary(), life =>
    {
        foreach (var order in life.Live().Select(step => step.After).Prepend(life.Registered()))
        {
            DateTimeOffset?[] times =
            [
                order.StatusChangedAt, order.LastCheckAt, order.DueAt, order.GivenUpAt, order.Make?.SentAt,
                order.Registration.PaymentStartedAt, order.Registration.ExpiresAt,
                .. order.History.SelectMany(entry => new[] { entry.At, entry.LastAt }),
            ];

            Assert.All(times, time => Assert.Equal(TimeSpan.Zero, time?.Offset ?? TimeSpan.Zero));
            Assert.NotNull(order.Registration.PaymentStartedAt);
            Assert.NotNull(order.Registration.ExpiresAt);
        }
    });

    [Fact]
    public void Text_ForTheCustomer_IsThereExactlyWhereThereIsSomethingToExplain() => Property.HoldsAtEveryStep(step =>
        Assert.Equal(
            step.After.Status
                is OrderStatus.Failed or OrderStatus.MakeFailed or OrderStatus.ManualMake or OrderStatus.NotPaid,
            step.After.FailedPresentationDesc is not null));

    [Fact]
    public void Decide_SameAgain_GivesTheSame() => Property.HoldsAtEveryStep(step =>
    {
        var again = PaymentDecider.Decide(step.Before, step.Event, step.Now.ToUniversalTime(), step.Options);

        Assert.Equal(step.Decision.Kind, again.Kind);
        Assert.Equal(step.Decision.Refusal, again.Refusal);
        Assert.Equal(step.Decision.Effects, again.Effects);
        Assert.Equal(step.After.History, again.Order.History);
        Assert.Equal(step.After with { History = [] }, again.Order with { History = [] });
    });

    [Fact]
    public void Registration_OfAnOrder_NeverChanges() => Property.HoldsAtEveryStep(step =>
    {
        Assert.Equal(step.Before.Registration, step.After.Registration);
        Assert.True(PaymentDecider.IsSameRegistration(step.After.Registration, step.After));
    });
}
