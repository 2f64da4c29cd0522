using System.Text.Json.Serialization;

namespace CoffeePayment.Orders;

/// <summary>Where an order stands. On the wire the names are snake case: <c>make_pending</c>.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>The customer has been sent to the payment page; the provider is asked until it has an answer.</summary>
    Pending,

    /// <summary>The provider holds the payment as succeeded, in time; the make command is on its way.</summary>
    Paid,

    /// <summary>The machine accepted the make command; whether the drink came out is not known yet.</summary>
    MakePending,

    /// <summary>The customer has the drink.</summary>
    Successful,

    /// <summary>The money is there and a person must decide: make the drink by hand or refund.</summary>
    ManualMake,

    /// <summary>
    /// The machine refused the make command for certain; the money must be refunded or the drink made by hand.
    /// </summary>
    MakeFailed,

    /// <summary>The payment was canceled, or nobody paid before the order expired.</summary>
    NotPaid,

    /// <summary>
    /// The service gave the order up without knowing whether it was paid; late checks may still find the money.
    /// </summary>
    Failed,

    /// <summary>A person gave the money back.</summary>
    Refunded,
}
