using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// One payment pays one order, or it would pay two drinks: of several orders that name it one is registered, and those
/// who were told that another has it are right.
/// </summary>
internal sealed class OnePaymentChecker : Checker
{
    public override void Written(OrderFacts order, PaymentOrder? before, PaymentOrder after, Lane silo)
    {
        foreach (var other in Facts.OrdersOf(order.PaymentReferenceId))
        {
            if (other != order && other.Stored is not null)
                Fail($"{order.Id} and {other.Id} have the same payment.");
        }
    }

    public override void Ended()
    {
        foreach (var order in Facts.Orders.Values.Where(order => order.WasRefused && order.Stored is null))
        {
            if (Facts.OrdersOf(order.PaymentReferenceId).All(other => other.Stored is null))
                Fail($"{order.Id} was refused for a payment that no order has.");
        }
    }
}
