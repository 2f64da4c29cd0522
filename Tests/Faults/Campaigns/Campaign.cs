using CoffeePayment.Tests.Faults.Kinds;
using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.Worlds;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>
/// One fault, again and again while orders come in; then it ends, every order must end, and the books are closed. What
/// had ended before the fault is so after it.
/// </summary>
internal static class Campaign
{
    /// <summary>
    /// For the last order to end: an outage's last break (30 s), ten checks without an answer, and the last of the late
    /// checks (90 s), of which one finds what was paid meanwhile; twice that on a machine that has too much to do.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    /// <summary>Half of what a machine has to answer a command.</summary>
    private static readonly TimeSpan StallMax = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan TendPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static async Task<FaultRow> RunAsync(World world, Fault fault, CampaignSize size, int seed)
    {
        var dice = new Random(seed);
        var orders = OrderPlan.Make($"{IdOf(fault)}-{seed}", size.Orders, dice);
        var (crashesBefore, endsBefore) = (world.Crashes.Count, world.Ends);
        var (uncaughtBefore, unforeseenBefore) = (world.Uncaught().Count, world.Unforeseen().Count);
        var startedAt = TimeProvider.System.GetTimestamp();
        var stalls = new StallWatch();
        using var api = new ApiWatch(world.Door);
        await using var health = new HealthWatch(world.Door);
        var scene = new Scene(world, health, dice, size.SecondsFactor);
        var customers = new Customers(api, world.Provider, new Random(seed));
        var ledger = new Ledger(api, world.Machine, Allowed);
        using var end = new CancellationTokenSource();
        using var late = new CancellationTokenSource(Patience);

        var tending = Task.WhenAll(TendAsync(world, end.Token), api.ListAsync(end.Token), stalls.RunAsync(end.Token));
        var buying = customers.RunAsync(orders, size.Stream, late.Token);
        await StrikeAsync(fault, scene, size);
        await buying;
        await ledger.SettleAsync(customers.Acknowledged, Patience);
        var changed = await ledger.ChangedAsync(world.Settled);
        foreach (var (id, settled) in ledger.EndsOf(customers.Acknowledged)) world.Settled[id] = settled;
        var isReady = await BecomesReadyAsync(health);

        await end.CancelAsync();
        await tending;
        return Row(ledger.Close(customers.Acknowledged), isReady);

        // On a busy machine the others may take a silo for dead that is only slow; what it had sent is unknown then. So
        // is what was sent when everything stood still for longer than the machine has to answer.
        Allowance Allowed() => fault.Allows
            | (world.Ends > endsBefore || stalls.Longest > StallMax ? Allowance.CommandUnknown : Allowance.None);

        FaultRow Row(LedgerEntry entry, bool isReady) => new()
        {
            Fault = fault.Name,
            Times = size.Strikes,
            Acknowledged = entry.Orders,
            AsScripted = entry.AsScripted,
            Lost = [.. entry.Lost, .. customers.Unheard(orders), .. changed],
            SecondCommands = Ledger.SecondCommands(orders, world.Machine.Commands),
            Crashes = [.. world.Crashes.Skip(crashesBefore), .. world.Uncaught().Skip(uncaughtBefore)],
            WrongAnswers = api.WrongAnswers.ToList(),
            Remarks = world.Unforeseen().Skip(unforeseenBefore).ToList(),
            Lies = [.. scene.Lies, .. LiesOf(fault, health, startedAt, isReady)],
            Unavailable = api.Unavailable,
            LongestSilence = api.LongestSilence,
            PeakMemoryMiB = world.PeakMemoryMiB,
        };
    }

    private static string IdOf(Fault fault) =>
        string.Concat(fault.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    // Each strike at a random moment of its share of the stream.
    private static async Task StrikeAsync(Fault fault, Scene scene, CampaignSize size)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < size.Strikes; i++)
        {
            var at = size.Stream * ((i + scene.Dice.NextDouble()) / size.Strikes);
            await Pause.ForAsync(at - TimeProvider.System.GetElapsedTime(started));
            await fault.StrikeAsync(scene);
        }
    }

    private static async Task TendAsync(World world, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TendPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await world.TendAsync();
        }
        catch (OperationCanceledException)
        {
            // The campaign is over.
        }
    }

    private static async Task<bool> BecomesReadyAsync(HealthWatch health)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!health.IsReady && TimeProvider.System.GetElapsedTime(started) < ReadyPatience)
            await Pause.ForAsync(LookInterval);

        return health.IsReady;
    }

    private static IEnumerable<string> LiesOf(Fault fault, HealthWatch health, long startedAt, bool isReady)
    {
        if (!isReady) yield return "It is not ready although the fault is over";
        if (health.Deaths > 0) yield return $"It said {health.Deaths} times that it does not live";
        if (fault.LeavesItReady && health.NotReadySince(startedAt) is [var first, ..] answers)
            yield return $"It said {answers.Count} times that it is not ready: {first}";
    }
}
