using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>What an order's state means beyond its status.</summary>
public static class OrderStates
{
    /// <summary>Whether nothing is left that the service does by itself: no check, no late check, no command.</summary>
    public static bool IsDone(PaymentOrder order) => order.DueAt is null;

    /// <summary>
    /// Whether the order was given up while its payment could still succeed; whoever asks about it may find the money.
    /// </summary>
    public static bool IsLate(PaymentOrder order) =>
        order is { GivenUpAt: not null, Status: OrderStatus.NotPaid or OrderStatus.Failed };

    /// <summary>Whether asking the provider about the order can still change anything.</summary>
    public static bool CanBeChecked(PaymentOrder order) => order.Status == OrderStatus.Pending || IsLate(order);

    /// <summary>Whether a person must look at the order.</summary>
    public static bool NeedsAttention(PaymentOrder order) =>
        order is { IsResolved: false, Status: OrderStatus.ManualMake or OrderStatus.MakeFailed or OrderStatus.Failed };

    /// <summary>Whether a make command left whose outcome has not been written.</summary>
    public static bool IsMakeInFlight(PaymentOrder order) =>
        order is { Status: OrderStatus.Paid, Make.IsInFlight: true };

    /// <summary>The make command of an order. Every try sends the same one.</summary>
    public static MakeCommand MakeCommandOf(PaymentOrder order)
    {
        var registration = order.Registration;
        return new MakeCommand(
            registration.Id, registration.DeviceUuid, registration.DrinkNumber, registration.Size, registration.Price);
    }
}
