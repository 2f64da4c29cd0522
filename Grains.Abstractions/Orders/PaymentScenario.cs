using System.Text.Json.Serialization;

namespace CoffeePayment.Orders;

/// <summary>How the payment was created at the provider. Both are checked alike.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PaymentScenario>))]
public enum PaymentScenario
{
    /// <summary>A YooKassa payment without a fiscal receipt.</summary>
    Yookassa,

    /// <summary>A YooKassa payment with a fiscal receipt.</summary>
    YookassaReceipt,
}
