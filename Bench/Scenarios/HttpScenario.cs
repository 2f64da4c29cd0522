using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// Registrations through HTTP at a steady rate, each measured from the moment at which it was scheduled.
/// </summary>
internal static class HttpScenario
{
    /// <summary>Half of it before what is compiled for good has come to rest, half of it after.</summary>
    private const double WarmUpShare = 0.5;

    public static async Task RunAsync(BenchRun run)
    {
        var sizes = run.Sizes;
        foreach (var storage in run.Options.Storages)
        {
            var on = BenchRun.On(storage, run.Options.Silos);
            BenchRun.Say($"{sizes.HttpRate:N0} registrations a second through HTTP, {on}");
            await using var service = await run.StartServiceAsync(storage, run.Options.Silos);
            var counted = (int)(sizes.HttpRate * sizes.HttpWindow.TotalSeconds);
            var warmUp = (int)(counted * WarmUpShare / 2);
            await service.RegisterAsync(warmUp, new Pace(sizes.HttpRate), run.Stop);
            await Task.Delay(sizes.WarmUp, run.Stop);
            await service.RegisterAsync(warmUp, new Pace(sizes.HttpRate), run.Stop);
            var durationsMs = await service.RegisterAsync(counted, new Pace(sizes.HttpRate), run.Stop);

            Add("p50", 0.50, wanted: null);
            Add("p99", 0.99, Target.AtMost(20));

            void Add(string percentile, double share, Target? wanted) => run.Add(new Figure(
                RowGroups.Http,
                $"registration through HTTP at {Numbers.Text(sizes.HttpRate)}/s, {percentile}",
                on,
                Percentiles.Of(durationsMs, share),
                "ms")
            {
                Wanted = wanted,
            });
        }
    }
}
