using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P5: an order whose silo was killed is stepped within one sweep after the cluster has noticed. What else goes wrong
/// gives it the time of a sweep that finds orphans by their grace.
/// </summary>
internal sealed class RecoveryChecker : Checker
{
    /// <summary>A command to a machine that does not answer.</summary>
    private static readonly TimeSpan CommandMax = TimeSpan.FromSeconds(5);

    /// <summary>For so long nothing but kills must have happened, for kills to be all that counts.</summary>
    private static readonly TimeSpan QuietMin = StepMax * 10;

    /// <summary>
    /// Restarted orders are spread over an interval, and what is looked at once a second is noticed late.
    /// </summary>
    private TimeSpan SpreadMax => Facts.Payment.FastTrackInterval + TimeSpan.FromSeconds(2);

    private TimeSpan AfterKill => Facts.Payment.SweepPeriod + SpreadMax;

    private TimeSpan AfterOthers => Facts.Payment.SweepGrace + Facts.Payment.SweepPeriod + SpreadMax + StepMax;

    public override void SecondPassed()
    {
        foreach (var order in Facts.Orders.Values)
        {
            if (order.OverdueSince is not { } since) continue;
            var isLookedAfter = order.Stored!.Status is OrderStatus.Pending or OrderStatus.Paid;
            var isUnderWay = order.AsksUnderWay.Exists(ask => !ask.Silo.IsDead);
            if (isLookedAfter && !isUnderWay && Facts.Elapsed - Facts.Disturbances.OthersUntil > QuietMin.Ticks)
                CheckAfterKill(order, since);
            Check(order, Math.Max(since, Facts.Disturbances.Until), AfterOthers);
        }
    }

    // What becomes due after the cluster has noticed is the sweeper's to find without a grace, unless it has moved since
    // and so forgotten whose orders it looks for.
    private void CheckAfterKill(OrderFacts order, long since)
    {
        var command = order.Stored!.Status == OrderStatus.Paid ? CommandMax : TimeSpan.Zero;
        var grace = since > Facts.Disturbances.KillsUntil ? Facts.Payment.SweepGrace : TimeSpan.Zero;
        Check(order, Math.Max(since, Facts.Disturbances.KillsUntil), AfterKill + command + grace);
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
