using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// What a check costs at a steady rate and how regular checks are: the bare loop, the service on each storage, and with
/// a second silo. They take turns, so that what disturbs the machine disturbs all of them.
/// </summary>
internal static class ChecksScenario
{
    private const double SecondSiloGainWanted = 1.8;

    public static async Task RunAsync(BenchRun run)
    {
        var contenders = Contenders(run);
        for (var repeat = 1; repeat <= run.Options.Repeats; repeat++)
        {
            foreach (var contender in contenders)
            {
                BenchRun.Say(
                    $"checks {repeat}/{run.Options.Repeats}: {contender.On}, {contender.Orders:N0} orders every "
                        + $"{run.Sizes.Interval.TotalSeconds} s");
                await WatchAsync(run, contender);
            }
        }

        var bare = contenders[0];
        foreach (var contender in contenders.Where(contender => contender.Orders == run.Options.Orders))
            Report(run, contender, bare);
        ReportSecondSilo(run, contenders);
    }

    private static List<Contender> Contenders(BenchRun run)
    {
        var orders = run.Options.Orders;
        var contenders = new List<Contender> { new(Storage: null, Silos: 0, orders) };
        contenders.AddRange(run.Options.Storages.Select(storage => new Contender(storage, run.Options.Silos, orders)));
        if (run.Options.Storages.Contains(StorageKind.Redis) && run.Options.Silos == 1)
        {
            contenders.Add(new Contender(StorageKind.Redis, Silos: 1, orders / 2));
            contenders.Add(new Contender(StorageKind.Redis, Silos: 2, orders));
        }

        return contenders;
    }

    private static async Task WatchAsync(BenchRun run, Contender contender)
    {
        var sizes = run.Sizes;
        await using var orders = contender.Storage is { } storage
            ? await run.StartServiceAsync(storage, contender.Silos)
            : (ICheckedOrders)await run.StartBareLoopAsync();
        await orders.AddAsync(contender.Orders, sizes.RegistrationTime, run.Stop);

        // The last ones registered have their first check an interval later.
        await Task.Delay(sizes.Interval + sizes.WarmUp, run.Stop);
        contender.Windows.Add(await run.WatchAsync(orders, TimeSpan.FromSeconds(run.Options.Seconds)));
        if (orders is ServiceProcesses service && contender.Silos > 1)
            contender.Held.Add(await service.ReadOrdersHeldAsync(run.Stop));
    }

    private static void Report(BenchRun run, Contender contender, Contender bare)
    {
        var isBare = contender == bare;
        var cost = contender.Median(static window => window.CpuPerCheckMicroseconds);
        Add("checks a second", static window => window.ChecksPerSecond, "/s");
        run.Add(Figure("CPU time per check", static window => window.CpuPerCheckMicroseconds, "µs") with
        {
            Ratio = isBare ? null : cost / bare.Median(static window => window.CpuPerCheckMicroseconds),
            Wanted = isBare || contender.Silos > 1 ? null : Target.RatioAtMost(1.25),
        });
        if (contender.Storage != StorageKind.Sqlite)
            Add("CPU time of Redis per check", static window => window.RedisPerCheckMicroseconds, "µs");
        Add("interval between checks of an order, p1", static window => window.Provider.IntervalP1Ms, "ms");
        Add("interval between checks of an order, p50", static window => window.Provider.IntervalP50Ms, "ms");
        Add("interval between checks of an order, p99", static window => window.Provider.IntervalP99Ms, "ms");
        if (!isBare)
        {
            Add("lateness of checks, p50", static window => window.LatenessP50Ms ?? double.NaN, "ms");
            Add("lateness of checks, p99", static window => window.LatenessP99Ms ?? double.NaN, "ms");
        }

        run.Add(Figure("share of 20 ms without a check", static window => window.Provider.EmptyShare * 100, "%") with
        {
            Spread = null,
            Wanted = isBare ? null : Target.AtMost(10),
        });

        void Add(string name, Func<CheckWindow, double> value, string unit) => run.Add(Figure(name, value, unit));

        Figure Figure(string name, Func<CheckWindow, double> value, string unit) => Reporting.Figure.OfRepeats(
            RowGroups.Checks, name, contender.On, [.. contender.Windows.Select(value)], unit);
    }

    // Two full silos, provider and Redis do not fit on two cores, so what silos could hold follows from what a check
    // costs. That depends on the load of a silo (a quiet one is woken for a few checks at a time), so it is the same
    // for both.
    private static void ReportSecondSilo(BenchRun run, List<Contender> contenders)
    {
        var two = contenders.Find(static contender => contender is { Storage: StorageKind.Redis, Silos: 2 });
        if (two is null) return;

        var share = two.Held.Select(static held => held.Min() / Math.Max(1, held.Sum())).Min();
        run.Add(new Figure(RowGroups.Checks, "orders held by the silo with fewer", two.On, share * 100, "%")
        {
            Wanted = Target.AtLeast(45),
        });
        if (contenders.Find(contender => contender.Orders < two.Orders) is not { } one) return;

        var cost = one.Median(static window => window.CpuPerCheckMicroseconds);
        run.Add(new Figure(RowGroups.Checks, "CPU time per check, half the orders", one.On, cost, "µs"));
        run.Add(new Figure(
            RowGroups.Checks,
            "orders that two silos can hold, against one",
            two.On,
            2 * cost / two.Median(static window => window.CpuPerCheckMicroseconds),
            "x")
        {
            Wanted = Target.AtLeast(SecondSiloGainWanted),
            Note = "2 x CPU time per check of one silo with half the orders / of two with all of them, so that every "
                + "silo has the same load: they share the cores with provider and Redis, so their rate cannot show it.",
        });
    }

    /// <summary>One of those that are compared, and what was seen of it.</summary>
    /// <param name="Storage">The service's; null: the bare loop.</param>
    private sealed record Contender(StorageKind? Storage, int Silos, int Orders)
    {
        public string On => Storage is { } storage ? BenchRun.On(storage, Silos) : "bare loop";

        public List<CheckWindow> Windows { get; } = [];

        public List<IReadOnlyList<double>> Held { get; } = [];

        public double Median(Func<CheckWindow, double> value) => Percentiles.Median([.. Windows.Select(value)]);
    }
}
