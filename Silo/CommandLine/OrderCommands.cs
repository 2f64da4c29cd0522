using System.CommandLine;
using System.Text.Json;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Client;
using CoffeePayment.Silo.CommandLine.Views;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>Commands about one order: <c>order</c>, <c>check</c> and <c>resolve</c>.</summary>
internal static class OrderCommands
{
    public static Command CreateOrder()
    {
        var id = OrderArgument.Create();
        var command = new Command(
            "order", "Show an order: where it stands, why, what to do, and all that happened to it")
        {
            id,
        };
        command.TalkToService(async context =>
            Show(context, await context.Service.GetAsync($"v1/orders/{context.Value(id)}", context.Stop)));
        return command.WithExamples("order A-1042", "order A-1042 --json | jq -r .status_reason");
    }

    public static Command CreateCheck()
    {
        var id = OrderArgument.Create();
        var command = new Command("check", "Ask the provider about an order now, and show the order after it") { id };
        command.TalkToService(async context =>
            Show(context, await context.Service.PostAsync($"v1/orders/{context.Value(id)}/check", null, context.Stop)));
        return command.WithExamples("check A-1042");
    }

    public static Command CreateResolve()
    {
        var id = OrderArgument.Create();
        var outcome = new Argument<string>("outcome")
        {
            Description = "made: the customer has the drink; refunded: the customer has the money back; dismissed: "
                + "nothing is owed; not_made: no drink came out, only while make_pending",
        };
        outcome.OneOf([.. WireNames.All<ResolutionOutcome>()]);
        var note = new Option<string?>("--note")
        {
            Description = $"What whoever looks later should know, at most {Identifiers.NoteLengthMax} characters",
            HelpName = "text",
        };
        var command = new Command("resolve", "Say how an order ended that waits for a person") { id, outcome, note };
        command.TalkToService(async context =>
        {
            var request = new ResolveRequest
            {
                Outcome = Enum.GetValues<ResolutionOutcome>().Single(o => WireNames.Of(o) == context.Value(outcome)),
                Note = context.Value(note),
            };
            var json = JsonSerializer.Serialize(request, ApiJson.Context.ResolveRequest);
            return Show(context, await ResolveAsync(context, context.Value(id), json));
        });
        return command.WithExamples(
            "resolve A-1042 refunded --note \"Refunded in the merchant's account, receipt 77\"", "resolve A-1042 made");
    }

    // Made once: when nobody knows whether it was carried out, a second one may be refused where the first was not.
    private static async Task<ServiceAnswer> ResolveAsync(CommandContext context, string id, string json)
    {
        try
        {
            var answer = await context.Service.PostAsync($"v1/orders/{id}/resolve", json, context.Stop);
            answer.ThrowUnlessSuccess();
            return answer;
        }
        catch (CommandFailure failure) when (failure.ExitCode is ExitCodes.Unreachable or ExitCodes.Unable)
        {
            throw new CommandFailure(
                failure.ExitCode,
                $"{failure.Message} Look at 'order {id}' before you try again: it may have been done.")
            {
                Document = failure.Document,
            };
        }
    }

    private static int Show(CommandContext context, ServiceAnswer answer)
    {
        var order = answer.Read(ApiJson.Context.OrderResponse);
        if (context.IsJson) context.Out.WriteLine(answer.Body);
        else OrderView.Write(context.Out, order, TimeProvider.System.GetUtcNow());

        return ExitCodes.Done;
    }
}
