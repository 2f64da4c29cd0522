using CoffeePayment.Grains.Decisions;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>P6: nothing is asked of the provider for orders that are done.</summary>
internal sealed class QuietChecker : Checker
{
    private static readonly TimeSpan AfterTurmoil = TimeSpan.FromSeconds(60);

    public override void Asked(OrderFacts order, Lane silo, LaneTime clock)
    {
        if (order.KnownBy.GetValueOrDefault(silo) is not { } known)
            Fail($"{silo.Name} asks for {order.Id}, of which it knows nothing.");
        else if (!OrderStates.CanBeChecked(known))
            Fail($"{silo.Name} asks for {order.Id}, which it knows to be {known.Status}.");
        else if (!OrderStates.CanBeChecked(order.Stored!) && order.StoredBy != silo
            && Facts.Elapsed - Math.Max(Facts.Disturbances.Until, order.StoredAt) > AfterTurmoil.Ticks)
            Fail($"{silo.Name} asks for {order.Id}, which is {order.Stored!.Status} for long.");
    }
}
