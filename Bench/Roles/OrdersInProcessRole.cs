using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json.Nodes;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Orders;

namespace CoffeePayment.Bench.Roles;

/// <summary>
/// Registers orders by calling their grains from within a silo, and tells how fast that went and what memory
/// they take while they wait.
/// </summary>
internal static class OrdersInProcessRole
{
    private const int Concurrency = 64;

    /// <summary>
    /// As many again before anything is measured: for its first quarter of a minute a process runs code that is not
    /// optimized yet, and compiles.
    /// </summary>
    private const double WarmUpShare = 1;

    /// <summary>Registers them, and says what it found.</summary>
    /// <param name="arguments">How many orders.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var count = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        await using var silo = await InProcessSilo.ComposeAsync();
        await silo.StartAsync();
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        await RegisterAsync(grains, "warm-up", (int)(count * WarmUpShare));

        var before = Memory();
        var started = Stopwatch.GetTimestamp();
        var durationsMs = await RegisterAsync(grains, "idle", count);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var after = Memory();
        Console.WriteLine(new JsonObject
        {
            ["per_second"] = count / elapsed.TotalSeconds,
            ["p99_ms"] = Percentiles.Of(durationsMs, 0.99),
            ["resident_bytes_per_order"] = (double)(after.Resident - before.Resident) / count,
            ["heap_bytes_per_order"] = (double)(after.Heap - before.Heap) / count,
        }.ToJsonString());
    }

    private static async Task<double[]> RegisterAsync(IGrainFactory grains, string name, int count)
    {
        var durationsMs = new double[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (number, _) =>
            {
                var started = Stopwatch.GetTimestamp();
                var id = $"{name}-{number.ToString(CultureInfo.InvariantCulture)}";
                var order = grains.GetGrain<IPendingPaymentGrain>(id);
                var result = await order.RegisterAsync(RegistrationOf(id));
                if (result.Outcome != RegistrationOutcome.Created)
                    throw new InvalidOperationException($"{id} was not registered: {result.Outcome}.");

                durationsMs[number] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            });
        return durationsMs;
    }

    private static OrderRegistration RegistrationOf(string id) => new()
    {
        Id = id,
        MerchantId = "default",
        PaymentScenario = PaymentScenario.Yookassa,
        PaymentReferenceId = Processes.ProviderProcess.PaymentPrefix + id,
        DeviceUuid = "bench-machine",
        DrinkNumber = "1",
        Size = DrinkSize.Small,
        Price = new Money(10_000, "RUB"),
    };

    /// <summary>What is in use after a full collection that gives back what it can.</summary>
    private static (long Resident, long Heap) Memory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false));
    }
}
