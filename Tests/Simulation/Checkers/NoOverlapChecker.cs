using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P4: checks of one order never overlap, and none is early. While silos do not hear of each other, or one stands
/// still, two of them may ask; then only one can write, which the storage sees to. </summary>
internal sealed class NoOverlapChecker : Checker
{
    private static readonly TimeSpan AfterTurmoil = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterJump = TimeSpan.FromSeconds(90);

    public override void Asked(OrderFacts order, Lane silo, LaneTime clock)
    {
        order.AsksUnderWay.RemoveAll(ask => ask.Silo.IsDead);
        foreach (var other in order.AsksUnderWay)
        {
            if (other.Silo == silo) Fail($"{silo.Name} asks for {order.Id} twice at the same time.");
            else if (Facts.Elapsed - Facts.Disturbances.ClusterUntil > AfterTurmoil.Ticks)
                Fail($"{silo.Name} asks for {order.Id} while {other.Silo.Name} does.");
        }

        if (clock.LastJump is { } jump && Facts.Elapsed - jump < AfterJump.Ticks) return;
        if (order.KnownBy.GetValueOrDefault(silo)?.DueAt is not { } dueAt || clock.GetUtcNow() >= dueAt) return;
        if (!order.Unsettled.Contains(silo) && --order.Hints < 0)
            Fail($"{silo.Name} asks for {order.Id} before {dueAt - Scheduler.Start}, and nobody wanted it.");
    }
}
