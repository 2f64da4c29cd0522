using System.Globalization;
using CoffeePayment.Tests.Inputs.Answers;
using CoffeePayment.Tests.Inputs.Requests;
using CoffeePayment.Tests.Processes;
using Xunit.Abstractions;

namespace CoffeePayment.Tests.Inputs;

/// <summary>Strange input for the service as users run it: its own process on SQLite, real sockets.</summary>
[Collection(Inputs.Name)]
public sealed class InputTests(ITestOutputHelper output) : ServiceOnASandbox("inputs")
{
    /// <summary>Another seed than that of every day.</summary>
    private const string SeedVariable = "COFFEE_INPUTS_SEED";

    /// <summary>So many there are at least; far fewer would mean that the document was not read.</summary>
    private const int TriedMin = 2_000;

    private const int ResidentMebibytesMax = 600;

    private static int Seed => int.Parse(
        Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? seed : "20261123",
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task Requests_OfAllKinds_AreAnsweredAsTheDocumentSaysAndHarmNothing()
    {
        await using var service = await StartAsync(RequestRun.Settings);
        using var run = new RequestRun(service, Controls, Seed);

        AssertHarmless(await run.RunAsync());
    }

    [Fact]
    public async Task Replies_OfAllKinds_EndNoOrderButByWhatTheyReallySay()
    {
        await using var run = new ReplyRun(Seed);
        await using var service = await StartAsync(run.Settings);

        AssertHarmless(await run.RunAsync(service));
    }

    private void AssertHarmless(InputFigures figures)
    {
        const int FaultsShown = 20;
        output.WriteLine(figures.ToString());
        Console.Out.WriteLine(figures);

        Assert.InRange(figures.Tried, TriedMin, int.MaxValue);
        Assert.Empty(figures.Lost);
        Assert.True(
            figures.Faults.Count == 0,
            $"{figures}\n{string.Join("\n", figures.Faults.Take(FaultsShown))}");
        Assert.Equal((0, 0), (figures.ServerErrors, figures.Crashes));
        Assert.InRange(figures.ResidentMebibytes, 1, ResidentMebibytesMax);
    }
}

/// <summary>These keep a core busy, so they run when tests that watch the clock have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Inputs
{
    public const string Name = "Inputs";
}
