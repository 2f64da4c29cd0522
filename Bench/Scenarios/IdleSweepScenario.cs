using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;
using CoffeePayment.Bench.Roles;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>What a sweep costs that finds nothing overdue among very many pending orders.</summary>
internal static class IdleSweepScenario
{
    private const int WarmUpSweeps = 20;
    private const int Sweeps = 50;

    public static async Task RunAsync(BenchRun run)
    {
        foreach (var storage in run.Options.Storages)
        {
            BenchRun.Say($"sweep among {run.Sizes.IndexedOrders:N0} orders, {BenchRun.On(storage, 1)}");
            await using var service = await run.PrepareServiceAsync(storage);
            await using (var role = RoleProcess.Start(
                RoleNames.FillDueIndex,
                [run.Sizes.IndexedOrders.ToString(CultureInfo.InvariantCulture)],
                service.Settings(new Uri($"http://127.0.0.1:{FreePort.OfLoopback()}/"))))
            {
                await role.AnswerAsync(run.Stop);
                await role.EndAsync(run.Stop);
            }

            await service.StartSiloAsync(run.Stop);
            for (var i = 0; i < WarmUpSweeps; i++) await SweepAsync(run, service);

            var sweeps = new List<(double ReportMs, double WallMs)>();
            while (sweeps.Count < Sweeps) sweeps.Add(await SweepAsync(run, service));

            Add("p50", 0.5, Target.AtMost(5));
            Add("p99", 0.99, wanted: null);
            run.Add(new Figure(
                RowGroups.Sweep,
                "the same through HTTP, p50",
                BenchRun.On(storage, 1),
                Percentiles.Of(sweeps.Select(static sweep => sweep.WallMs), 0.5),
                "ms"));

            void Add(string percentile, double share, Target? wanted) => run.Add(new Figure(
                RowGroups.Sweep,
                $"sweep, {Numbers.Text(run.Sizes.IndexedOrders)} pending and none overdue, {percentile}",
                BenchRun.On(storage, 1),
                Percentiles.Of(sweeps.Select(static sweep => sweep.ReportMs), share),
                "ms")
            {
                Wanted = wanted,
            });
        }
    }

    private static async Task<(double ReportMs, double WallMs)> SweepAsync(BenchRun run, ServiceProcesses service)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await service.Client.PostAsync("v1/sweeps", content: null, run.Stop);
        var report = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(run.Stop);
        var wallMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (report.GetProperty("pending").GetInt64() != run.Sizes.IndexedOrders)
            throw new InvalidOperationException($"The sweep saw other orders than there are: {report}");

        return (report.GetProperty("duration_ms").GetDouble(), wallMs);
    }
}
