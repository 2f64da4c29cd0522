using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// Registrations through HTTP at a steady rate, each measured from the moment at which it was scheduled. What is
/// registered is checked from then on, so each repeat is of a service of its own.
/// </summary>
internal static class HttpScenario
{
    /// <summary>Half of it before what is compiled for good has come to rest, half of it after.</summary>
    private const double WarmUpShare = 0.5;

    public static async Task RunAsync(BenchRun run)
    {
        var windows = await run.RepeatAsync(
            $"{run.Sizes.HttpRate:N0} registrations a second through HTTP",
            run.Options.Silos,
            storage => MeasureAsync(run, storage));
        foreach (var (storage, durationsMs) in windows)
        {
            Report(run, storage, durationsMs, "p50", 0.50, wanted: null);
            Report(run, storage, durationsMs, "p99", 0.99, Target.AtMost(20));
        }
    }

    private static async Task<IReadOnlyCollection<double>> MeasureAsync(BenchRun run, StorageKind storage)
    {
        var sizes = run.Sizes;
        await using var service = await run.StartServiceAsync(storage, run.Options.Silos);
        var counted = (int)(sizes.HttpRate * sizes.HttpWindow.TotalSeconds);
        var warmUp = (int)(counted * WarmUpShare / 2);
        await service.RegisterAsync(warmUp, new Pace(sizes.HttpRate), run.Stop);
        await Task.Delay(sizes.WarmUp, run.Stop);
        await service.RegisterAsync(warmUp, new Pace(sizes.HttpRate), run.Stop);
        using var noCollection = NoCollection.Begin();
        return await service.RegisterAsync(counted, new Pace(sizes.HttpRate), run.Stop);
    }

    private static void Report(
        BenchRun run,
        StorageKind storage,
        IEnumerable<IReadOnlyCollection<double>> windows,
        string percentile,
        double share,
        Target? wanted)
    {
        var figuresMs = windows.Select(durationsMs => Percentiles.Of(durationsMs, share)).ToArray();
        var name = $"registration through HTTP at {Numbers.Text(run.Sizes.HttpRate)}/s, {percentile}";
        run.Add(Figure.OfRepeats(RowGroups.Http, name, On(run, storage), figuresMs, "ms") with { Wanted = wanted });
    }

    private static string On(BenchRun run, StorageKind storage) => BenchRun.On(storage, run.Options.Silos);
}
