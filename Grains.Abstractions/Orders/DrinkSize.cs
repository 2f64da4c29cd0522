using System.Text.Json.Serialization;

namespace CoffeePayment.Orders;

/// <summary>The cup, as the machine's telemetry service names it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<DrinkSize>))]
public enum DrinkSize
{
    Small,
    Medium,
    Large,
}
