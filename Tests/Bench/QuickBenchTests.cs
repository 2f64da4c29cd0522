using System.Text.Json;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Hosting;

namespace CoffeePayment.Tests.Bench;

/// <summary>The whole benchmark, with all its processes, at sizes that say nothing about speed.</summary>
[Collection(Benchmarks.Name)]
public sealed class QuickBenchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task QuickRun_EveryRow_HasAPlausibleFigure()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var folder = new TemporaryDirectory("coffee-bench-test-");
        var path = Path.Combine(folder.Path, "bench.json");
        await using var bench = MeasuredProcess.Start("dotnet", BuiltPrograms.Run("Bench", "--quick", "--json", path));

        var table = await bench.Output.ReadToEndAsync(patience.Token);
        await bench.EndAsync(patience.Token);

        Assert.DoesNotContain("FAILED", table, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(path, patience.Token));
        var figures = report.RootElement.GetProperty("figures").EnumerateArray()
            .ToDictionary(static figure => (Text(figure, "name"), Text(figure, "on")), static figure => figure.Clone());
        Assert.Equal(ExpectedRows().Order(), figures.Keys.Order());
        Assert.All(figures.Values, static figure => Assert.InRange(Value(figure), 0, double.MaxValue));
        Assert.InRange(Value(figures[("checks a second", "Redis, 1 silo")]), 20, 300);
    }

    private static IEnumerable<(string Name, string On)> ExpectedRows()
    {
        const string Bare = "bare loop";
        const string Two = "Redis, 2 silos";
        string[] services = ["Redis, 1 silo", "SQLite, 1 silo"];

        string[] checks =
        [
            "checks a second", "CPU time per check", "share of 20 ms without a check",
            .. new[] { "p1", "p50", "p99" }.Select(static p => $"interval between checks of an order, {p}"),
        ];
        string[] checksOfServices = [.. checks, "lateness of checks, p50", "lateness of checks, p99"];
        string[] others =
        [
            "highest rate with intervals within 5 %",
            "lateness of checks at half of it or more, p50",
            "lateness of checks at half of it or more, p99",
            "registrations in process, 64 at a time",
            "registration in process, p99",
            "resident memory per pending order",
            "heap per pending order",
            "sweep, 5,000 pending and none overdue, p50",
            "sweep, 5,000 pending and none overdue, p99",
            "the same through HTTP, p50",
            "sweep that restarts 100 orphans",
            "from the start of the process until all are restarted",
            "registration through HTTP at 100/s, p50",
            "registration through HTTP at 100/s, p99",
            "GET /health/live beside 100 registrations/s, p99",
        ];
        return
        [
            .. checks.Select(name => (name, Bare)),
            .. new[] { Bare, Two, "Redis, 1 silo" }.Select(static on => ("CPU time of Redis per check", on)),
            ("highest rate with intervals within 5 %", Bare),
            .. checksOfServices.Select(name => (name, Two)),
            ("orders held by the silo with fewer", Two),
            ("CPU time per check, half the orders", "Redis, 1 silo"),
            ("orders that two silos can hold, against one", Two),
            .. services.SelectMany(on => checksOfServices.Concat(others).Select(name => (name, on))),
        ];
    }

    // What could not be taken is text, which is no number.
    private static double Value(JsonElement figure) => figure.GetProperty("value").GetDouble();

    private static string Text(JsonElement figure, string property) => figure.GetProperty(property).GetString()!;
}
