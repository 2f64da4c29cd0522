namespace CoffeePayment.Orders;

/// <summary>The cup, as the machine's telemetry service names it.</summary>
public enum DrinkSize
{
    Small,
    Medium,
    Large,
}
