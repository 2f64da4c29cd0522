using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// Registrations through HTTP at a steady rate, each measured from the moment at which it was scheduled. What is
/// registered is checked from then on, so each repeat is of a service of its own. Beside them, now and then, a call
/// that does nothing: what that waits for, a busy machine or a collection say, is no registration's own.
/// </summary>
internal static class HttpScenario
{
    /// <summary>Half of it before what is compiled for good has come to rest, half of it after.</summary>
    private const double WarmUpShare = 0.5;

    /// <summary>
    /// Of the rate, while the process is cold, and one order alone before that. Orders that come while it is too busy
    /// compiling are all registered at one moment, and checked at one moment every interval from then on: two such
    /// moments lay in each window, with 90 to 270 slow registrations at the later one.
    /// </summary>
    private const double ColdShare = 0.25;

    /// <summary>How many calls that do nothing there are for one registration.</summary>
    private const double IdleCallShare = 0.1;

    public static async Task RunAsync(BenchRun run)
    {
        var windows = await run.RepeatAsync(
            $"{run.Sizes.HttpRate:N0} registrations a second through HTTP",
            run.Options.Silos,
            storage => MeasureAsync(run, storage));
        var rate = Numbers.Text(run.Sizes.HttpRate);
        foreach (var (storage, repeats) in windows)
        {
            Report($"registration through HTTP at {rate}/s, p50", static window => window.RegistrationsMs, 0.50);
            Report(
                $"registration through HTTP at {rate}/s, p99",
                static window => window.RegistrationsMs,
                0.99,
                Target.AtMost(20));
            Report($"GET /health/live beside {rate} registrations/s, p99", static window => window.IdleCallsMs, 0.99);

            void Report(string name, Func<Window, double[]> durationsMs, double share, Target? wanted = null)
            {
                var figuresMs = repeats.Select(window => Percentiles.Of(durationsMs(window), share)).ToArray();
                var on = BenchRun.On(storage, run.Options.Silos);
                run.Add(Figure.OfRepeats(RowGroups.Http, name, on, figuresMs, "ms") with { Wanted = wanted });
            }
        }
    }

    private static async Task<Window> MeasureAsync(BenchRun run, StorageKind storage)
    {
        var sizes = run.Sizes;
        await using var service = await run.StartServiceAsync(storage, run.Options.Silos);
        var counted = (int)(sizes.HttpRate * sizes.HttpWindow.TotalSeconds);
        var warmUp = (int)(counted * WarmUpShare / 2);
        await service.RegisterAsync(1, new Pace(sizes.HttpRate), run.Stop);
        await service.RegisterAsync(warmUp, new Pace(sizes.HttpRate * ColdShare), run.Stop);
        await Task.Delay(sizes.WarmUp, run.Stop);
        await service.RegisterAsync(warmUp, new Pace(sizes.HttpRate), run.Stop);
        using var noCollection = NoCollection.Begin();
        var registering = service.RegisterAsync(counted, new Pace(sizes.HttpRate), run.Stop);
        var calling = OpenLoop.RunAsync(
            (int)(counted * IdleCallShare),
            new Pace(sizes.HttpRate * IdleCallShare),
            _ => CallIdlyAsync(service.Client, run.Stop),
            run.Stop);
        await Task.WhenAll(registering, calling);
        return new Window(await registering, await calling);
    }

    private static async Task CallIdlyAsync(HttpClient client, CancellationToken stop)
    {
        using var response = await client.GetAsync("health/live", stop);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How long each took, in milliseconds.</summary>
    private sealed record Window(double[] RegistrationsMs, double[] IdleCallsMs);
}
