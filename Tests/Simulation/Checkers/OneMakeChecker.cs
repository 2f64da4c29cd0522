using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P2: at most one make command that may have been carried out, unless the machine deduplicates; and only for what was
/// paid, as it should be, when the state that says "sent" was stored.
/// </summary>
internal sealed class OneMakeChecker : Checker
{
    private readonly HashSet<string> _commanded = new(StringComparer.Ordinal);

    public override void Commanded(OrderFacts order, Lane silo)
    {
        if (!_commanded.Add(order.Id) && !Facts.Payment.MachineDeduplicates)
            Fail($"The machine got a second command for {order.Id}, from {silo.Name}.");
        if (order.Stored?.Make is not { Attempts: > 0 })
            Fail($"The machine got a command for {order.Id} which nothing stored tells of.");
    }
}
