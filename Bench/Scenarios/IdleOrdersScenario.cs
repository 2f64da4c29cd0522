using System.Globalization;
using System.Text.Json;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;
using CoffeePayment.Bench.Roles;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// Registers orders within a silo as fast as it goes, and sees what memory they take while they wait. Each repeat is of
/// a silo and a storage of its own.
/// </summary>
internal static class IdleOrdersScenario
{
    /// <summary>The longest there is: no order is checked while memory is looked at.</summary>
    private const string IntervalSeconds = "3600";

    public static async Task RunAsync(BenchRun run)
    {
        var repeats = await run.RepeatAsync(
            $"{run.Sizes.IdleOrders:N0} idle orders", silos: 1, storage => MeasureAsync(run, storage));
        foreach (var (storage, found) in repeats)
        {
            var on = BenchRun.On(storage, 1);
            Add("registrations in process, 64 at a time", "per_second", 1, "/s", Target.AtLeast(12_000));
            Add("registration in process, p99", "p99_ms", 1, "ms", wanted: null);
            Add("resident memory per pending order", "resident_bytes_per_order", 1024, "KiB", Target.AtMost(2.5));
            Add("heap per pending order", "heap_bytes_per_order", 1024, "KiB", wanted: null);

            void Add(string name, string property, double divisor, string unit, Target? wanted)
            {
                var values = found.Select(one => one.GetProperty(property).GetDouble() / divisor).ToArray();
                run.Add(Figure.OfRepeats(RowGroups.Orders, name, on, values, unit) with { Wanted = wanted });
            }
        }
    }

    private static async Task<JsonElement> MeasureAsync(BenchRun run, StorageKind storage)
    {
        await using var service = await run.PrepareServiceAsync(storage);
        var settings = service.Settings(new Uri($"http://127.0.0.1:{FreePort.OfLoopback()}/"));
        settings["FAST_TRACK_INTERVAL_S"] = IntervalSeconds;
        settings["SLOW_TRACK_INTERVAL_S"] = IntervalSeconds;
        await using var role = RoleProcess.Start(
            RoleNames.OrdersInProcess, [run.Sizes.IdleOrders.ToString(CultureInfo.InvariantCulture)], settings);
        return await role.AnswerAsync(run.Stop);
    }
}
