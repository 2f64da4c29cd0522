using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Feed;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>Where an order stands, in a sentence for the operator whom a customer asks for the drink.</summary>
internal static class OrderMeaning
{
    /// <summary>What has happened, and what has not.</summary>
    public static string Of(OrderResponse order)
    {
        var reason = ReasonTexts.Of(order.StatusReason) ?? "no reason is known";
        return order.Status switch
        {
            OrderStatus.Pending when order.UnansweredAttempts > 0 =>
                $"The provider has not answered {order.UnansweredAttempts} times in a row; whether it is paid is not "
                    + "known.",
            OrderStatus.Pending => "Not paid yet, as far as the provider says; it is asked again by itself.",
            OrderStatus.Paid => "Paid; the make command is on its way to the machine.",
            OrderStatus.MakePending =>
                "Paid, and the machine took the command; nobody has said whether the drink came out.",
            OrderStatus.Successful => "The customer has the drink.",
            OrderStatus.ManualMake => $"The money is there and a person must decide: {reason}.",
            OrderStatus.MakeFailed => $"The money is there and there is no drink: {reason}.",
            OrderStatus.NotPaid => $"There is no drink because it was not paid: {reason}.",
            OrderStatus.Failed => $"Given up without knowing whether it was paid: {reason}.",
            OrderStatus.Refunded => "The customer has the money back.",
            _ => "",
        };
    }

    /// <summary>What a person can do about it; null if nothing.</summary>
    public static string? AdviceOn(OrderResponse order) => order.Status switch
    {
        OrderStatus.Pending => $"check {order.Id} asks the provider now.",
        OrderStatus.MakePending => $"resolve {order.Id} made, or not_made when no drink came out.",
        OrderStatus.ManualMake or OrderStatus.MakeFailed or OrderStatus.Failed when order.IsResolved =>
            "A person has dealt with it.",
        OrderStatus.ManualMake or OrderStatus.MakeFailed => $"resolve {order.Id} made, refunded or dismissed.",
        OrderStatus.Failed or OrderStatus.NotPaid =>
            $"check {order.Id} asks the provider once more; resolve {order.Id} made, refunded or dismissed.",
        _ => null,
    };
}
