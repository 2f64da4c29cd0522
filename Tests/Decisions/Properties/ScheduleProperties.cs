using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>When an order is checked next, whatever happens to it.</summary>
public sealed class ScheduleProperties
{
    [Fact]
    public void NextCheck_AfterAnyEvent_IsNeverInThePast() => Property.HoldsAtEveryStep(step =>
    {
        if (step is { IsApplied: true, After.DueAt: { } dueAt } && dueAt != step.Before.DueAt)
            Assert.True(dueAt >= step.Now, $"due {dueAt:O}, now {step.Now:O}");
    });

    [Fact]
    public void NextCheck_AfterAnAnswer_IsNeverInThePast() => Property.HoldsAtEveryStep(step =>
    {
        if (step is { IsApplied: true, Event: OrderEvent.CheckAnswered, After.DueAt: { } dueAt }
            && step.After.Track != Track.Late)
        {
            Assert.True(dueAt >= step.Now, $"due {dueAt:O}, now {step.Now:O}");
        }
    });

    [Fact]
    public void Track_OfAPendingOrder_SwitchesExactlyAtTheLimit() => Property.HoldsAtEveryStep(step =>
    {
        if (step is { IsApplied: true, After.Status: OrderStatus.Pending })
            Assert.Equal(step.IsInTime ? Track.Fast : Track.Slow, step.After.Track);
    });

    [Fact]
    public void NextCheck_AfterAScheduledOne_IsTheFirstInPhaseThatIsStillToCome() => Property.HoldsAtEveryStep(step =>
    {
        if (!IsScheduledAndPending(step)) return;

        var (lastDue, nextDue) = (step.Before.DueAt!.Value, step.After.DueAt!.Value);
        if (nextDue == DateTimeOffset.MaxValue) return;

        Assert.Equal(0, (nextDue - lastDue).Ticks % step.Interval.Ticks);
        Assert.True(nextDue > step.Now, $"{nextDue:O} is not after {step.Now:O}");
        Assert.True(nextDue - step.Now <= step.Interval, $"{nextDue:O} is not the first after {step.Now:O}");
    });

    [Fact]
    public void ScheduledChecks_AnsweredWithinTheInterval_AreDueOneIntervalApart() =>
        Property.Holds(Lives.Arbitrary(), life =>
        {
            var options = life.Options;
            var order = life.Registered();
            foreach (var step in life.Steps)
            {
                // However late within the interval it starts and is answered.
                var dueAt = order.DueAt!.Value;
                var late = TimeSpan.FromTicks((step.By.Ticks & long.MaxValue) % options.FastTrackInterval.Ticks);
                var now = Clock.Plus(dueAt, late);
                var check = new OrderEvent.CheckAnswered(new ProviderAnswer.Pending(), dueAt);
                var isFast = now - order.Registration.PaymentStartedAt!.Value <= options.FastTrackLimit;
                var interval = isFast ? options.FastTrackInterval : options.SlowTrackInterval;

                order = PaymentDecider.Decide(order, check, now, options).Order;

                if (order.Status != OrderStatus.Pending) return;
                Assert.Equal(Clock.Plus(dueAt, interval), order.DueAt);
            }
        });

    [Fact]
    public void HintedCheck_StillPending_LeavesTheScheduleAsItIs() => Property.HoldsAtEveryStep(step =>
    {
        if (step is not { IsApplied: true, Event: OrderEvent.CheckAnswered { Answer: ProviderAnswer.Pending } check }
            || step.After.Status != OrderStatus.Pending
            || !(check.StartedAt < step.Before.DueAt))
        {
            return;
        }

        var dueAt = step.Before.DueAt.Value;
        var latest = Clock.Plus(step.Now, step.Interval);
        Assert.Equal(dueAt < step.Now ? step.Now : dueAt > latest ? latest : dueAt, step.After.DueAt);
    });

    [Fact]
    public void PendingOrder_Checked_IsCheckedAgainWithinTheIntervalOrThePause() => Property.HoldsAtEveryStep(step =>
    {
        if (step is not { IsApplied: true, After: { Status: OrderStatus.Pending, DueAt: { } dueAt } }) return;

        var longest = step.Interval > CheckSchedule.PauseMax ? step.Interval : CheckSchedule.PauseMax;
        Assert.True(dueAt - step.Now <= longest, $"due {dueAt:O}, now {step.Now:O}");
    });

    [Fact]
    public void LateCheck_AfterAnyEvent_IsOneOfTheSetting() => Property.HoldsAtEveryStep(step =>
    {
        if (step is { Event: OrderEvent.CheckAnswered { Answer: ProviderAnswer.NotAsked } }
            || step is not { IsApplied: true, After: { Track: Track.Late, GivenUpAt: { } givenUpAt, DueAt: { } dueAt } }
            || step.Before.DueAt == dueAt)
        {
            return;
        }

        Assert.Equal(Clock.Plus(givenUpAt, step.Options.LateChecks[step.After.LateChecks]), dueAt);
    });

    private static bool IsScheduledAndPending(Transition step) =>
        step is { IsApplied: true, Event: OrderEvent.CheckAnswered { Answer: ProviderAnswer.Pending } check }
        && step.After.Status == OrderStatus.Pending
        && check.StartedAt >= step.Before.DueAt
        && step.Now >= check.StartedAt;
}
