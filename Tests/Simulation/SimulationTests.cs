using System.Globalization;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;
using Xunit.Abstractions;

namespace CoffeePayment.Tests.Simulation;

/// <summary>
/// The whole service in one thread and no time, under everything that can go wrong. <c>./test --simulate MINUTES</c>
/// runs seeds that nobody has run, <c>./test --seed N</c> one of them.
/// </summary>
[Collection(Simulations.Name)]
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>How many minutes of new seeds are wanted; set by <c>./test --simulate</c>.</summary>
    private const string MinutesVariable = "COFFEE_SIMULATE_MINUTES";

    /// <summary>Which seed is wanted; set by <c>./test --seed</c>.</summary>
    private const string SeedVariable = "COFFEE_SIMULATE_SEED";

    private const ulong FixedSeeds = 2_000;
    private const long FewSeeds = 20;

    /// <summary>How often each kind of fault must have struck within the fixed seeds; most do thousands of times.</summary>
    private const long StrikesMin = 50;

    /// <summary>Everything that can go wrong.</summary>
    private static readonly string[] Kinds =
    [
        "clock jump", "connection broken", "cut", "isolation", "kill", "machine outage", "machine refused",
        "machine silent", "message delayed", "message reordered", "message repeated", "not asked", "pause",
        "payment taken", "provider confused", "provider error", "provider outage", "provider timeout", "reply lost",
        "silo ended", Disturbances.Stop, "storage acknowledgement lost", "storage conflict", "storage cut",
        "storage failed", "storage late", "storage outage", "storage slow", "table failed", "table outage",
    ];

    [Fact]
    public void FixedSeeds_Run_BreakNoPromiseUnderEveryKindOfFault()
    {
        var seeds = Run(1, (long)FixedSeeds, TimeSpan.MaxValue);

        Assert.All(Kinds, kind => Assert.InRange(seeds.Faults.GetValueOrDefault(kind), StrikesMin, long.MaxValue));
        Assert.Empty(seeds.Faults.Keys.Except([.. Kinds, Disturbances.End]));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Seed_RunTwice_LeavesTheSameTrace(int seed)
    {
        // On two threads at the same time: neither may notice the other.
        var results = new SimulationResult[2];
        var threads = results.Select((_, i) => new Thread(() =>
            results[i] = Simulation.Run(PlanMaker.Make((ulong)seed), keepsTrace: true))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.NotEqual(0, results[0].Trace.Length);
        Assert.Equal(results[0].Trace.ToString(), results[1].Trace.ToString());
        Assert.Equal(results[0].Trace.Hash, results[1].Trace.Hash);
    }

    [Fact]
    public void NewSeeds_RunForSomeMinutes_BreakNoPromise()
    {
        // Without a wish, some that the fixed ones leave out.
        if (Setting(MinutesVariable) is not { } minutes)
            Run(FixedSeeds + 1, FewSeeds, TimeSpan.MaxValue);
        else
            Run(
                (ulong)DateTime.UtcNow.Ticks,
                long.MaxValue,
                TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void WantedSeed_Run_BreaksNoPromise()
    {
        var seed = ulong.Parse(Setting(SeedVariable) ?? "1", CultureInfo.InvariantCulture);

        var result = Simulation.Run(PlanMaker.Make(seed), keepsTrace: true);

        if (Setting(SeedVariable) is not null) Print($"{result.Plan}{Environment.NewLine}{result.Trace}");
        Assert.True(result.Failure is null, result.Failure is null ? "" : Seeds.Explain(result));
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private Seeds Run(ulong first, long count, TimeSpan limit)
    {
        var seeds = Seeds.Run(first, count, limit, PlanMaker.Make);

        Print(seeds.Summary);
        Print(string.Join(", ", seeds.Faults.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(
            seeds.Failures.Count == 0,
            string.Join(
                Environment.NewLine,
                [
                    .. seeds.Failures.Take(1).Select(failed => Seeds.Explain(failed)),
                    .. seeds.Failures.Skip(1).Select(failed => Seeds.Describe(failed)),
                ]));
        return seeds;
    }

    private void Print(string text)
    {
        output.WriteLine(text);
        Console.Out.WriteLine(text);
    }
}
