using System.Diagnostics;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// A silo is killed; how long it takes the next one to restart all that it left, once that is overdue.
/// </summary>
internal static class OrphansScenario
{
    /// <summary>Fast enough not to take long, slow enough for a machine that has other things to do.</summary>
    private const double RegistrationsPerSecond = 2_000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(BenchRun run)
    {
        var sizes = run.Sizes;
        foreach (var storage in run.Options.Storages)
        {
            var on = BenchRun.On(storage, 1);
            BenchRun.Say($"{sizes.Orphans:N0} orphans, {on}");
            await using var service = await run.StartServiceAsync(storage, silos: 1);
            await service.RegisterAsync(sizes.Orphans, new Pace(RegistrationsPerSecond), run.Stop);
            await service.KillSilosAsync();

            // The last one is due an interval later, and taken for an orphan after the sweeper's grace.
            await Task.Delay(sizes.Interval + sizes.Interval + sizes.ApiTimeout, run.Stop);
            var started = Stopwatch.GetTimestamp();
            await service.StartSiloAsync(run.Stop);
            var ready = Stopwatch.GetElapsedTime(started);
            var sweepSeconds = await RestartedAsync(run, service);
            var all = Stopwatch.GetElapsedTime(started);

            run.Add(new Figure(
                RowGroups.Orphans, $"sweep that restarts {Numbers.Text(sizes.Orphans)} orphans", on, sweepSeconds, "s")
            {
                Wanted = Target.AtMost(5),
            });
            run.Add(new Figure(
                RowGroups.Orphans, "from the start of the process until all are restarted", on, all.TotalSeconds, "s")
            {
                Note = $"of which {Numbers.Text(ready.TotalSeconds, "s")} until it was ready",
            });
        }
    }

    /// <summary>Waits until all are restarted; how long the sweeps took that did it.</summary>
    private static async Task<double> RestartedAsync(BenchRun run, ServiceProcesses service)
    {
        var started = Stopwatch.GetTimestamp();
        using var look = new PeriodicTimer(LookInterval);
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            var metrics = await service.ReadMetricsAsync(run.Stop);
            if (metrics!.Sum("coffee_orphans_restarted_total") >= run.Sizes.Orphans)
                return metrics.Sum("coffee_sweep_duration_seconds_sum");

            await look.WaitForNextTickAsync(run.Stop);
        }

        throw new InvalidOperationException($"Not all orphans were restarted within {Patience.TotalSeconds} s.");
    }
}
