using System.Text.Json.Nodes;
using CoffeePayment.Api;
using CoffeePayment.Grains;
using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Silo.Demo;

/// <summary>Plays a plan through.</summary>
internal sealed class DemoRun(IReadOnlyList<DemoOrder> plan) : IDisposable
{
    private const int AtATime = 32;
    private const string GoodMachine = "demo-machine";
    private const string RefusingMachine = "demo-machine-refusing";
    private const string BrokenMachine = "demo-machine-broken";
    private const string HangingMachine = "demo-machine-hanging";

    private static readonly TimeSpan BetweenOrders = TimeSpan.FromSeconds(0.08);
    private static readonly TimeSpan RegistrationMax = TimeSpan.FromSeconds(8);

    private readonly SemaphoreSlim _places = new(AtATime);

    /// <summary>
    /// What it proves itself with, where the service asks for keys, of which it may know no more than their hashes.
    /// </summary>
    public NewApiKey Key { get; } = NewApiKey.Create("demo-run");

    /// <summary>To be told of what happens to orders.</summary>
    public DemoWatch Watch { get; } = new(plan);

    public void Dispose() => _places.Dispose();

    /// <summary>Lets the demo in where a key is asked for.</summary>
    public void AddKeyTo(ApiOptions api)
    {
        if (api.Keys.Count > 0) api.Keys = [.. api.Keys, Key.Known];
    }

    /// <summary>Plays all orders and looks how they ended; returns at the latest when its time is over.</summary>
    public async Task<DemoResult> PlayAsync(
        DemoClient client, PaymentOptions options, TextWriter output, CancellationToken stop)
    {
        var limit = TimeLimit(options);
        foreach (var line in Introduction(options, limit))
            await output.WriteLineAsync(line);

        var startedAt = TimeProvider.System.GetTimestamp();
        await BreakMachinesAsync(client, stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var turns = TakeTurnsAsync(client, over.Token);
        await RegisterAllAsync(client, options, stop);
        try
        {
            await Watch.AllEnded.WaitAsync(limit - TimeProvider.System.GetElapsedTime(startedAt), stop);
        }
        catch (TimeoutException)
        {
            // The report says which orders have not ended.
        }

        var took = TimeProvider.System.GetElapsedTime(startedAt);
        await over.CancelAsync();
        await turns;
        return await LookAsync(client, options, took, stop);
    }

    private TimeSpan RegistrationTime
    {
        get
        {
            var usual = plan.Count * BetweenOrders;
            return (usual < RegistrationMax ? usual : RegistrationMax) * DemoSettings.Slowness(plan.Count);
        }
    }

    private IEnumerable<string> Introduction(PaymentOptions options, TimeSpan limit)
    {
        var lateChecks = options.LateChecks.Select(Seconds).DefaultIfEmpty("none");
        yield return $"Demo: {plan.Count:N0} orders that end in every way there is, in at most {Seconds(limit)}.";
        yield return "For it the intervals are short (what you set yourself counts): checks every "
            + $"{Seconds(options.FastTrackInterval)}, after {Seconds(options.FastTrackLimit)} every "
            + $"{Seconds(options.SlowTrackInterval)}; late checks: {string.Join(", ", lateChecks)}.";
        yield return "The database is a temporary one; yours is not touched.";

        static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} s";
    }

    // Registration, then the longest script: given up after so many unanswered checks, found by the second late check,
    // or paid on the slow track, or a machine that hangs for 10 s; and as much again for a busy computer.
    private TimeSpan TimeLimit(PaymentOptions options)
    {
        var givenUp = options.AttemptsLimit * options.FastTrackInterval;
        var found = options.LateChecks.Take(2).LastOrDefault() + options.SweepPeriod + options.SweepGrace;
        var longest = TimeSpan.FromSeconds(15) + givenUp + found + (2 * options.SlowTrackInterval);
        return RegistrationTime + longest;
    }

    private static async Task BreakMachinesAsync(DemoClient client, CancellationToken stop)
    {
        await client.ScriptMachineAsync(Fault(RefusingMachine, "error_rate", httpStatus: 409), stop);
        await client.ScriptMachineAsync(Fault(BrokenMachine, "error_rate", httpStatus: 500), stop);
        await client.ScriptMachineAsync(Fault(HangingMachine, "hang_rate", httpStatus: 500), stop);

        static JsonObject Fault(string machine, string rate, int httpStatus) => new()
        {
            ["target"] = "machine",
            ["device_id"] = machine,
            [rate] = 1,
            ["http_status"] = httpStatus,
        };
    }

    private async Task RegisterAllAsync(DemoClient client, PaymentOptions options, CancellationToken stop)
    {
        var between = RegistrationTime / plan.Count;
        var startedAt = TimeProvider.System.GetTimestamp();
        var registrations = new List<Task>(plan.Count);
        foreach (var order in plan)
        {
            var wait = ((order.Number - 1) * between) - TimeProvider.System.GetElapsedTime(startedAt);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System, stop);

            registrations.Add(WithPlaceAsync(() => StartAsync(order, client, options, stop), stop));
        }

        await Task.WhenAll(registrations);
    }

    private static async Task StartAsync(
        DemoOrder order, DemoClient client, PaymentOptions options, CancellationToken stop)
    {
        var ending = order.Script.Ending;
        var payment = ending is DemoEnding.Unanswered or DemoEnding.FoundLate
            ? PaymentNobodyCreated(order)
            : await client.CreatePaymentAsync(order, stop);
        if (DemoPayments.ScriptOf(order) is { } script) await client.ScriptPaymentAsync(payment, script, stop);

        await client.RegisterAsync(Registration(order, payment, options), stop);

        // Paid before it was registered and almost too old: seen at once, it leaves no time to ask the machine again.
        if (ending == DemoEnding.MachineRefuses) await client.CheckAsync(order, stop);
    }

    private static JsonObject Registration(DemoOrder order, string payment, PaymentOptions options)
    {
        var now = TimeProvider.System.GetUtcNow();
        var startedAt = DemoPayments.StartedAt(order, now, options);
        var expiresAt = order.Script.Ending == DemoEnding.NeverPaid
            ? now + DemoPayments.Patience
            : startedAt + options.FastTrackLimit + options.OrderExpiration;

        return new JsonObject
        {
            ["id"] = order.Id,
            ["payment_scenario"] = "Yookassa",
            ["payment_reference_id"] = payment,
            ["device_uuid"] = MachineOf(order),
            ["drink_number"] = $"{(order.Number % 12) + 1}",
            ["size"] = "medium",
            ["price"] = order.Price,
            ["payment_started_at"] = startedAt.ToString("O"),
            ["expires_at"] = expiresAt.ToString("O"),
        };
    }

    private static string MachineOf(DemoOrder order) => order.Script.Ending switch
    {
        DemoEnding.MachineRefuses => RefusingMachine,
        DemoEnding.MachineUnknown => order.Number % 3 == 0 ? HangingMachine : BrokenMachine,
        _ => GoodMachine,
    };

    private static string PaymentNobodyCreated(DemoOrder order) => $"unknown-{order.Id}";

    /// <summary>Does what scripts have left to do when their orders get there, until there is no more time.</summary>
    private async Task TakeTurnsAsync(DemoClient client, CancellationToken stop)
    {
        try
        {
            var turns = new List<Task>();
            await foreach (var order in Watch.Due.ReadAllAsync(stop))
                turns.Add(WithPlaceAsync(() => TakeTurnAsync(order, client, stop), stop));

            await Task.WhenAll(turns);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The demo is over.
        }
    }

    private static Task TakeTurnAsync(DemoOrder order, DemoClient client, CancellationToken stop) =>
        order.Script.Ending switch
        {
            DemoEnding.Successful => client.ResolveAsync(order, "made", stop),
            DemoEnding.Refunded => client.ResolveAsync(order, "refunded", stop),
            _ => client.ScriptPaymentAsync(PaymentNobodyCreated(order), DemoPayments.Paid(order), stop),
        };

    private async Task<DemoResult> LookAsync(
        DemoClient client, PaymentOptions options, TimeSpan took, CancellationToken stop)
    {
        var ends = await Task.WhenAll(plan.Select(async order =>
        {
            var (status, reason) = default((Orders.OrderStatus, string?));
            await WithPlaceAsync(async () => (status, reason) = await client.GetStatusAsync(order, stop), stop);
            return new DemoEnd(order, status, reason);
        }));

        return new DemoResult(ends, await client.GetMakesAsync(stop), options.MachineDeduplicates, took);
    }

    private async Task WithPlaceAsync(Func<Task> act, CancellationToken stop)
    {
        await _places.WaitAsync(stop);
        try
        {
            await act();
        }
        finally
        {
            _places.Release();
        }
    }
}
