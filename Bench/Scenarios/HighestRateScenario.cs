using System.Globalization;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// Adds orders step by step until checks are no longer regular: the highest rate with 98 % of intervals within 5 %.
/// </summary>
internal static class HighestRateScenario
{
    private const double ChecksShareMin = 0.95;
    private const int RateMax = 40_000;

    public static async Task RunAsync(BenchRun run)
    {
        var bare = await ClimbAsync(run, "bare loop", await run.StartBareLoopAsync());
        Report(run, bare, bare: null);
        foreach (var storage in run.Options.Storages)
        {
            var service = await run.StartServiceAsync(storage, run.Options.Silos);
            Report(run, await ClimbAsync(run, BenchRun.On(storage, run.Options.Silos), service), bare);
        }
    }

    private static async Task<Climb> ClimbAsync(BenchRun run, string on, ICheckedOrders climber)
    {
        await using var orders = climber;
        var sizes = run.Sizes;
        var passed = new List<CheckWindow>();
        var wanted = (double)run.Options.Rate;
        var limit = "the search ended before a limit was met";
        for (var step = 1; step <= sizes.StepsMax && wanted <= RateMax; step++)
        {
            BenchRun.Say($"highest rate, {on}: {wanted:N0} checks/s");
            var added = (int)(wanted * sizes.Interval.TotalSeconds) - orders.Orders;
            var time = step == 1 ? sizes.RegistrationTime : sizes.Interval;
            if (await FailureOf(() => orders.AddAsync(added, time, run.Stop)) is { } failure)
            {
                limit = failure;
                break;
            }

            await Task.Delay(step == 1 ? sizes.Interval + sizes.WarmUp : sizes.Interval, run.Stop);
            var window = await run.WatchAsync(orders, sizes.StepWindow);
            var fault = FaultOf(window, wanted, sizes);

            // Once is chance: a disturbance from outside must not end the search.
            if (fault is not null)
            {
                window = await run.WatchAsync(orders, sizes.StepWindow);
                fault = FaultOf(window, wanted, sizes);
            }

            if (fault is not null)
            {
                limit = $"at {Numbers.Text(wanted)}/s {fault} ({Cores(window)})";
                break;
            }

            passed.Add(window);
            wanted *= 1 + RateClimb.Growth(window.BusyCores / Environment.ProcessorCount);
        }

        return new Climb(on, passed, limit);
    }

    /// <summary>What is wrong with the checks; null if they are as they should be.</summary>
    private static string? FaultOf(CheckWindow window, double wanted, BenchSizes sizes)
    {
        var asked = window.Provider;
        var shortest = sizes.Interval.TotalMilliseconds * (1 - sizes.IntervalTolerance);
        var longest = sizes.Interval.TotalMilliseconds * (1 + sizes.IntervalTolerance);
        if (asked.IntervalP99Ms > longest) return $"the p99 of intervals was {asked.IntervalP99Ms:N0} ms";
        if (asked.IntervalP1Ms < shortest) return $"the p1 of intervals was {asked.IntervalP1Ms:N0} ms";
        return window.ChecksPerSecond < wanted * ChecksShareMin
            ? $"only {window.ChecksPerSecond:N0} checks/s were made"
            : null;
    }

    private static async Task<string?> FailureOf(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            return $"registrations failed: {e.Message}";
        }
    }

    private static void Report(BenchRun run, Climb climb, Climb? bare)
    {
        var isBare = bare is null;
        var best = climb.Passed.Count > 0 ? climb.Passed[^1] : null;
        run.Add(new Figure(
            RowGroups.Highest, "highest rate with intervals within 5 %", climb.On, best?.ChecksPerSecond ?? 0, "/s")
        {
            Ratio = bare?.Passed is [.., var bareBest] ? best?.ChecksPerSecond / bareBest.ChecksPerSecond : null,
            Wanted = isBare ? null : Target.AtLeast(12_000),
            Note = $"{(best is null ? "" : Cores(best) + "; ")}{climb.Limit}",
        });
        if (isBare || best is null) return;

        var half = climb.Passed.Find(window => window.ChecksPerSecond >= best.ChecksPerSecond / 2) ?? best;
        AddLateness("p50", half.LatenessP50Ms, 5);
        AddLateness("p99", half.LatenessP99Ms, 50);

        void AddLateness(string percentile, double? valueMs, double wantedMs) => run.Add(new Figure(
            RowGroups.Highest,
            $"lateness of checks at half of it or more, {percentile}",
            climb.On,
            valueMs ?? double.NaN,
            "ms")
        {
            Wanted = Target.AtMost(wantedMs),
            Note = $"measured at {Numbers.Text(half.ChecksPerSecond)} checks/s",
        });
    }

    private static string Cores(CheckWindow window) => string.Create(
        CultureInfo.InvariantCulture,
        $"cores: orders {window.OrdersCores:0.00}, provider {window.ProviderCores:0.00}, "
            + $"Redis {window.RedisCores:0.00}, machine {window.BusyCores:0.00} of {Environment.ProcessorCount}");

    /// <summary>What was seen on the way up.</summary>
    /// <param name="Passed">The steps at which checks were regular, lowest rate first.</param>
    /// <param name="Limit">Why it went no higher.</param>
    private sealed record Climb(string On, List<CheckWindow> Passed, string Limit);
}
