using System.CommandLine;
using System.Diagnostics;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Silo.CommandLine.Views;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>Commands about the service as a whole: <c>ping</c> and <c>sweep</c>.</summary>
internal static class ServiceCommands
{
    public static Command CreatePing()
    {
        var command = new Command("ping", "Ask whether the service answers and can do its work; needs no API key");
        command.TalkToService(PingAsync);
        return command.WithExamples("ping", "ping --url http://10.0.0.7:5080 --timeout 2 && echo well");
    }

    public static Command CreateSweep()
    {
        var command = new Command(
            "sweep", "Look now for orders that nobody looks after, as the service does by itself");
        command.TalkToService(async context =>
        {
            var answer = await context.Service.PostAsync("v1/sweeps", json: null, context.Stop);
            var sweep = answer.Read(ApiJson.Context.SweepResponse);
            if (context.IsJson) context.Out.WriteLine(answer.Body);
            else InspectionViews.WriteSweep(context.Out, sweep);

            return ExitCodes.Done;
        });
        return command.WithExamples("sweep");
    }

    private static async Task<int> PingAsync(CommandContext context)
    {
        var started = Stopwatch.StartNew();
        var answer = await context.Service.GetAsync("health/ready", context.Stop);

        // Not being ready is an answer too, and says why.
        if (!answer.IsSuccess && answer.Status != StatusCodes.Status503ServiceUnavailable) answer.ThrowUnlessSuccess();
        var health = (answer with { Status = StatusCodes.Status200OK }).Read(ApiJson.Context.HealthResponse);
        if (context.IsJson)
        {
            context.Out.WriteLine(answer.Body);
        }
        else
        {
            var took = Printable.Milliseconds(started.Elapsed.TotalMilliseconds);
            context.Out.WriteLine($"{context.Service.Url} answered in {took}: {health.Status}");
            var table = new TextTable("CHECK", "STATUS", " TOOK", "WHAT IT FOUND");
            foreach (var (name, check) in health.Checks)
                table.Add(name, check.Status, Printable.Milliseconds(check.DurationMs), check.Description);
            table.WriteTo(context.Out);
        }

        return answer.IsSuccess ? ExitCodes.Done : ExitCodes.Unable;
    }
}
