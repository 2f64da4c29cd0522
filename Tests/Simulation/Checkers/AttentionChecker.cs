using CoffeePayment.Grains.Decisions;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P3's other half: an order that needs a person is on the list of those that do, and no other is. Where something went
/// wrong between the state and the list, a sweep puts it right.
/// </summary>
internal sealed class AttentionChecker : Checker
{
    private TimeSpan Patience => Facts.Payment.SweepGrace + (Facts.Payment.SweepPeriod * 2) + StepMax;

    public override void SecondPassed()
    {
        foreach (var order in Facts.Orders.Values)
        {
            if (Facts.Elapsed - Math.Max(order.StoredAt, Facts.Disturbances.Until) > Patience.Ticks) Check(order);
        }
    }

    public override void Ended()
    {
        foreach (var order in Facts.Orders.Values) Check(order);
    }

    private void Check(OrderFacts order)
    {
        var isListed = Facts.Attention.Contains(order.Id);
        if (order.Stored is { } stored && OrderStates.NeedsAttention(stored) != isListed)
            Fail($"{order.Id} is {stored.Status} {stored.StatusReason}, {(isListed ? "and" : "not")} on the list.");
    }
}
