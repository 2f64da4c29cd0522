using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Silo.CommandLine.Views;

namespace CoffeePayment.Silo.CommandLine;

/// <summary><c>inspect</c>: the work itself, under the names that operators know from Celery.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var command = new Command("inspect", "Look at the work itself; looking changes nothing")
        {
            Show(
                new Command("active", "The checks under way: the provider has been asked and has not answered yet"),
                "v1/checks", ApiJson.Context.ChecksResponse, InspectionViews.WriteActive),
            ShowPages(
                new Command(
                    "scheduled", "The orders that are looked at next and when, soonest first, late checks included"),
                "upcoming", InspectionViews.WriteScheduled),
            ShowPages(
                new Command("reserved", "The orders that are due by now and wait, longest overdue first"),
                "due", InspectionViews.WriteReserved),
            Show(
                new Command(
                    "registered", "What happens by itself and how often, its reminders, and the kinds of grains"),
                "v1/jobs", ApiJson.Context.JobsResponse, InspectionViews.WriteRegistered),
            Show(
                new Command("stats", "Orders by status and track, checks a second, lateness, silos, the provider"),
                "v1/stats", ApiJson.Context.StatsResponse, StatsView.Write),
        };
        return command.WithExamples("inspect stats", "inspect reserved --limit 20");
    }

    private static Command Show<T>(
        Command command, string path, JsonTypeInfo<T> type, Action<TextWriter, T> write)
        where T : class
    {
        command.TalkToService(context => ShowAsync(context, path, type, write));
        return command.WithExamples($"inspect {command.Name}", $"inspect {command.Name} --json | jq");
    }

    private static Command ShowPages(Command command, string part, Action<TextWriter, ScheduleResponse> write)
    {
        var page = new PageOptions();
        page.AddTo(command);
        command.TalkToService(context => ShowAsync(
            context, page.Append(context, $"v1/schedule?part={part}"), ApiJson.Context.ScheduleResponse, write));
        return command.WithExamples($"inspect {command.Name} --limit 20");
    }

    private static async Task<int> ShowAsync<T>(
        CommandContext context, string path, JsonTypeInfo<T> type, Action<TextWriter, T> write)
        where T : class
    {
        var answer = await context.Service.GetAsync(path, context.Stop);
        var value = answer.Read(type);
        if (context.IsJson) context.Out.WriteLine(answer.Body);
        else write(context.Out, value);

        return ExitCodes.Done;
    }
}
