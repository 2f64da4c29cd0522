using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P5 and the cadence: an order is stepped when it is due; at the latest, if its silo was killed, within one sweep
/// after the cluster has noticed. What else goes wrong gives it the time of a sweep that finds orphans by their grace.
/// </summary>
internal sealed class OverdueChecker : Checker
{
    /// <summary>
    /// How late a check may be where nothing goes wrong: activations take turns, and take little time.
    /// </summary>
    private static readonly TimeSpan LatenessMax = TimeSpan.FromMilliseconds(50);

    /// <summary>A command to a machine that does not answer.</summary>
    private static readonly TimeSpan CommandMax = TimeSpan.FromSeconds(5);

    /// <summary>A check and a command that take their whole time, and a write.</summary>
    private static readonly TimeSpan StepMax = TimeSpan.FromSeconds(9);

    /// <summary>
    /// Restarted orders are spread over an interval, and what is looked at once a second is noticed late.
    /// </summary>
    private TimeSpan SpreadMax => Facts.Payment.FastTrackInterval + TimeSpan.FromSeconds(2);

    private TimeSpan AfterKill => Facts.Payment.SweepPeriod + SpreadMax + CommandMax;

    private TimeSpan AfterOthers => Facts.Payment.SweepGrace + Facts.Payment.SweepPeriod + SpreadMax + StepMax;

    private bool IsCalm => Facts.Disturbances.Until == Disturbances.Never;

    public override void Asked(OrderFacts order, Lane silo, LaneTime clock)
    {
        // Orders on late checks have no activation: it is the sweeper that finds them.
        if (!IsCalm || order.KnownBy.GetValueOrDefault(silo) is not { Status: OrderStatus.Pending } known) return;
        var lateness = clock.GetUtcNow() - known.DueAt;
        if (lateness > LatenessMax && Facts.Disturbances.Counts.GetValueOrDefault("stop") == 0)
            Fail($"{silo.Name} asks for {order.Id} late by {lateness}, and nothing has gone wrong.");
    }

    public override void SecondPassed()
    {
        foreach (var order in Facts.Orders.Values)
        {
            if (order is not { AcknowledgedAt: { } acknowledgedAt, Stored: { DueAt: { } dueAt } stored }) continue;
            var since = Math.Max((dueAt - Scheduler.Start).Ticks, acknowledgedAt);
            var isLookedAfter = stored.Status is OrderStatus.Pending or OrderStatus.Paid;
            var isUnderWay = order.AsksUnderWay.Exists(ask => !ask.Silo.IsDead);
            if (isLookedAfter && IsCalm) Check(order, since, StepMax);
            if (isLookedAfter && !isUnderWay && Facts.Elapsed - Facts.Disturbances.OthersUntil > StepMax.Ticks * 10)
                Check(order, Math.Max(since, Facts.Disturbances.KillsUntil), AfterKill);
            Check(order, Math.Max(since, Facts.Disturbances.Until), AfterOthers);
        }
    }

    private void Check(OrderFacts order, long since, TimeSpan bound)
    {
        if (Facts.Elapsed - since > bound.Ticks)
        {
            Fail($"{order.Id} ({order.Stored!.Status}) was due at {order.Stored.DueAt - Scheduler.Start}, "
                + $"and nothing has disturbed for {TimeSpan.FromTicks(Facts.Elapsed - since)}.");
        }
    }
}
