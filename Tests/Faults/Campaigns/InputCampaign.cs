using CoffeePayment.Tests.Inputs;
using CoffeePayment.Tests.Inputs.Answers;
using CoffeePayment.Tests.Inputs.Requests;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>
/// Thousands of strange requests, or of strange replies to checks and commands, as a row of the table.
/// </summary>
internal sealed class InputCampaign() : ServiceOnASandbox("inputs")
{
    private const string Requests = "strange requests";
    private const string Replies = "strange replies";

    /// <summary>What can be strange.</summary>
    public static readonly IReadOnlyList<string> All = [Requests, Replies];

    public static async Task<FaultRow> RunAsync(string name, int seed)
    {
        var campaign = new InputCampaign();
        await campaign.InitializeAsync();
        try
        {
            var figures = name == Requests ? await campaign.RequestAsync(seed) : await campaign.ReplyAsync(seed);
            return Row(name, figures);
        }
        finally
        {
            await campaign.DisposeAsync();
        }
    }

    private async Task<InputFigures> RequestAsync(int seed)
    {
        await using var service = await StartAsync(RequestRun.Settings);
        using var run = new RequestRun(service, Controls, seed);
        return await run.RunAsync();
    }

    private async Task<InputFigures> ReplyAsync(int seed)
    {
        await using var run = new ReplyRun(seed);
        await using var service = await StartAsync(run.Settings);
        return await run.RunAsync(service);
    }

    private static FaultRow Row(string name, InputFigures figures) => new()
    {
        Fault = name,
        Times = 1,
        Acknowledged = figures.Tried,
        AsScripted = figures.Tried - figures.Faults.Count,
        Lost = figures.Lost,
        Crashes = [.. Enumerable.Repeat("the process ended, or was not ready", figures.Crashes)],
        WrongAnswers = [.. figures.Faults, .. Enumerable.Repeat("5xx", figures.ServerErrors)],
        PeakMemoryMiB = figures.ResidentMebibytes,
    };
}
