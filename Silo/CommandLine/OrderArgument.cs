using System.CommandLine;
using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>The order that a command is about.</summary>
internal static class OrderArgument
{
    public static Argument<string> Create()
    {
        var order = new Argument<string>("order") { Description = "The order's id", HelpName = "ORDER" };
        order.Validators.Add(result =>
        {
            // Beyond being no id, '..' would lead to another address.
            var id = result.Tokens.SingleOrDefault()?.Value;
            if (!Identifiers.IsOrderId(id))
                result.AddError($"'{id}' cannot be an order's id: A-Z a-z 0-9 - _ . : only.");
        });
        return order;
    }
}
