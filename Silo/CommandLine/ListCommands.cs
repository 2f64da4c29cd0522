using System.CommandLine;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using CoffeePayment.Silo.CommandLine.Views;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>Commands that list orders: <c>orders</c>, <c>attention</c> and <c>find</c>.</summary>
internal static class ListCommands
{
    public static Command CreateOrders()
    {
        var status = new Option<string>("--status") { Description = "The status", Required = true };
        status.OneOf([.. WireNames.All<OrderStatus>()]);
        var command = new Command("orders", "List the orders in a status, newest first") { status };
        TalkInPages(command, context => $"v1/orders?status={context.Value(status)}");
        return command.WithExamples(
            "orders --status manual_make", "orders --status failed --limit 500 --json | jq -r '.items[].id'");
    }

    public static Command CreateAttention()
    {
        var command = new Command("attention", "List the orders that wait for a person, newest first");
        TalkInPages(command, _ => "v1/attention?");
        return command.WithExamples("attention");
    }

    public static Command CreateFind()
    {
        var text = new Argument<string>("text") { Description = "An order, a payment or a machine", HelpName = "ID" };
        var command = new Command("find", "Find orders by their own id, the payment's or the machine's") { text };
        TalkInPages(command, context => $"v1/search?q={Uri.EscapeDataString(context.Value(text))}");
        return command.WithExamples("find 2da5c87d-0384-50e8-a7f3-8d5646dd9e10");
    }

    private static void TalkInPages(Command command, Func<CommandContext, string> query)
    {
        var page = new PageOptions();
        page.AddTo(command);
        command.TalkToService(async context =>
        {
            var answer = await context.Service.GetAsync(page.Append(context, query(context)), context.Stop);
            var orders = answer.Read(ApiJson.Context.OrderListResponse);
            if (context.IsJson) context.Out.WriteLine(answer.Body);
            else OrderListView.Write(context.Out, orders);

            return ExitCodes.Done;
        });
    }
}
