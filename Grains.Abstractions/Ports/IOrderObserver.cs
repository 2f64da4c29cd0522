using CoffeePayment.Orders;

namespace CoffeePayment.Ports;

/// <summary>
/// Is told of every change of an order made in this process, after it was written. Calls come from within grains: they
/// must return at once and not throw.
/// </summary>
public interface IOrderObserver
{
    /// <summary>An order was registered, or changed.</summary>
    /// <param name="before">The order before the change; null when it was registered.</param>
    /// <param name="after">The order now.</param>
    void OrderChanged(PaymentOrder? before, PaymentOrder after);
}
