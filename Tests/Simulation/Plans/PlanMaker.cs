using CoffeePayment.Grains;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;

namespace CoffeePayment.Tests.Simulation.Plans;

/// <summary>
/// Makes a plan of a seed. Which kinds of faults there are differs from run to run (a swarm): one kind hides another.
/// </summary>
internal static class PlanMaker
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>A check that begins so long before the payment settles is under way when it does.</summary>
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(120);

    private static readonly FaultKind[] Kills = [FaultKind.Kill, FaultKind.KillInDeed, FaultKind.PowerLoss];

    public static SimulationPlan Make(ulong seed)
    {
        var dice = new Dice(seed).Of("plan");
        var silos = 2 + dice.Next(3);
        var phase = TimeSpan.FromMinutes(dice.Pick([1, 2, 3, 5]));
        var payment = new PaymentOptions
        {
            LateChecks = dice.Pick<TimeSpan[]>(
            [
                [TimeSpan.FromMinutes(1)],
                [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3)],
                [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)],
                [],
                dice.Hits(0.1) ? [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)] : [TimeSpan.FromMinutes(1)],
            ]),
            MachineDeduplicates = dice.Hits(0.15),

            // Mostly shorter than they are by default: what happens at a limit then happens while there are faults.
            FastTrackLimit = TimeSpan.FromMinutes(dice.Pick([1, 2, 5])),
            OrderExpiration = TimeSpan.FromMinutes(dice.Pick([5, 5, 5, 15])) + TimeSpan.FromSeconds(30),
        };
        var isCalm = dice.Hits(0.1);
        var isOnlyKilled = !isCalm && dice.Hits(0.1);
        return new SimulationPlan
        {
            Seed = seed,
            Silos = silos,
            HealAt = phase,
            Payment = payment,
            KeepsPendingWithState = dice.Of("storage").Hits(0.3),
            ProbeTimeout = TimeSpan.FromSeconds(dice.Pick([2, 2, 5])),
            Orders = OrdersOf(dice, phase, payment),
            DriftsPpm = [.. Enumerable.Range(0, silos).Select(_ => dice.Hits(0.3) ? dice.Next(401) - 200 : 0)],
            Rates = isCalm || isOnlyKilled ? Rates.None : RatesOf(dice.Of("rates")),
            Faults = isCalm
                ? []
                : [.. FaultsOf(dice.Of("faults"), silos, phase, isOnlyKilled).OrderBy(fault => fault.At)],
        };
    }

    private static List<OrderPlan> OrdersOf(Dice dice, TimeSpan phase, PaymentOptions payment)
    {
        var orders = Enumerable.Range(1, 3 + dice.Next(8))
            .Select(number => Order(dice.Of($"order {number}"), number, phase, payment))
            .ToList();
        var rival = dice.Of("rival");
        if (rival.Hits(0.3)) orders.Add(RivalOf(rival.Pick(orders), $"order-{orders.Count + 1}", rival));
        return orders;
    }

    private static OrderPlan Order(Dice dice, int number, TimeSpan phase, PaymentOptions payment)
    {
        var registerAt = dice.Between(TimeSpan.FromSeconds(1), phase * 0.7);
        var age = dice.Next(10) switch
        {
            < 5 => TimeSpan.Zero,
            < 7 => dice.Between(payment.FastTrackLimit * 0.8, payment.FastTrackLimit),
            < 9 => dice.Between(payment.OrderExpiration * 0.8, payment.OrderExpiration),
            _ => dice.Between(TimeSpan.Zero, payment.OrderExpiration * 1.1),
        };
        var startedAt = registerAt - age;
        TimeSpan? expiresAfter = dice.Hits(0.4) ? age + dice.Between(TimeSpan.FromSeconds(10), phase) : null;
        var settlesAfter = SettlesAfter(dice, age, expiresAfter ?? payment.OrderExpiration, payment);
        var settlement = dice.Next(20) switch
        {
            < 11 => Settlement.Succeeded,
            < 14 => Settlement.Canceled,
            < 15 => Settlement.WaitingForCapture,
            _ => Settlement.Never,
        };
        return new OrderPlan
        {
            Id = $"order-{number}",
            RegisterAt = registerAt,
            StartedAt = startedAt,
            ExpiresAfter = expiresAfter,
            Settlement = settlement,
            SettlesAt = startedAt + settlesAfter,
            IsAmountWrong = dice.Hits(0.1),
            Repeats = Times(dice, 0.2, registerAt, phase),
            Webhooks = settlement == Settlement.Never
                ? Times(dice, 0.2, registerAt, phase)
                : Times(dice, 0.5, startedAt + settlesAfter, startedAt + settlesAfter + TimeSpan.FromSeconds(2)),
            Refreshes =
            [
                .. Times(dice, 0.2, registerAt, phase * 1.5),
                .. age < settlesAfter
                    ? Times(dice, 0.1, startedAt + settlesAfter - LatencyMax, startedAt + settlesAfter)
                    : [],
            ],
            ResolveAfter = dice.Hits(0.6) ? dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)) : null,
            Resolution = dice.Pick(Enum.GetValues<ResolutionOutcome>()),
        };
    }

    // One that names the payment of another at about the same time.
    private static OrderPlan RivalOf(OrderPlan order, string id, Dice dice) => order with
    {
        Id = id,
        PaymentOf = order.Id,
        RegisterAt = order.RegisterAt
            + dice.Pick([TimeSpan.Zero, dice.Between(TimeSpan.Zero, Millisecond * 4), TimeSpan.FromSeconds(2)]),
        Webhooks = [],
        Refreshes = [],
    };

    private static TimeSpan SettlesAfter(Dice dice, TimeSpan age, TimeSpan expiry, PaymentOptions payment)
    {
        var around = Millisecond * (dice.Next(3) - 1);
        return dice.Next(10) switch
        {
            0 => payment.FastTrackLimit + around,
            1 => expiry + around,
            2 => age + around,
            3 => age + (payment.FastTrackInterval * (1 + dice.Next(12))) + around,
            4 when payment.LateChecks.Count > 0 => expiry + dice.Pick(payment.LateChecks) + around,
            5 => dice.Between(expiry, expiry + TimeSpan.FromMinutes(3)),
            6 => dice.Between(age, expiry > age ? expiry : age),
            _ => age + dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        };
    }

    private static TimeSpan[] Times(Dice dice, double probability, TimeSpan first, TimeSpan last) =>
        dice.Hits(probability) ? [.. Enumerable.Range(0, 1 + dice.Next(3)).Select(_ => dice.Between(first, last))] : [];

    private static Rates RatesOf(Dice dice) => new()
    {
        DelayedMessage = Swarm(dice, 0.02),
        BrokenConnection = Swarm(dice, 0.003),
        RepeatedMessage = Swarm(dice, 0.1),
        ReorderedMessage = Swarm(dice, 0.2),
        FailedWrite = Swarm(dice, 0.05),
        LostAcknowledgement = Swarm(dice, 0.05),
        SlowStorage = Swarm(dice, 0.05),
        TableFailure = Swarm(dice, 0.05),
        ProviderTimeout = Swarm(dice, 0.2),
        ProviderError = Swarm(dice, 0.3),
        ProviderConfusion = Swarm(dice, 0.2),
        NotAsked = Swarm(dice, 0.2),
        MachineRefusal = Swarm(dice, 0.5),
        MachineSilence = Swarm(dice, 0.3),
        LostReply = Swarm(dice, 0.2),
    };

    private static double Swarm(Dice dice, double most) =>
        dice.Hits(0.3) ? most * (0.1 + (0.9 * dice.Next(100) / 100)) : 0;

    private static IEnumerable<FaultPlan> FaultsOf(Dice dice, int silos, TimeSpan phase, bool isOnlyKilled)
    {
        foreach (var kind in isOnlyKilled ? Kills : Enum.GetValues<FaultKind>())
        {
            if (!isOnlyKilled && !dice.Hits(0.3)) continue;
            for (var count = 1 + dice.Next(3); count > 0; count--)
            {
                var silo = dice.Next(silos);
                yield return new FaultPlan(
                    kind,
                    dice.Between(TimeSpan.FromSeconds(5), phase * 0.9),
                    DurationOf(kind, dice),
                    silo,
                    kind switch
                    {
                        FaultKind.Cut or FaultKind.OneWayCut => (silo + 1 + dice.Next(silos - 1)) % silos,
                        FaultKind.ClockJump => dice.Next(4_001) - 2_000,
                        FaultKind.KillInDeed => dice.Next(12),
                        _ => dice.Next(60),
                    });
            }
        }
    }

    private static TimeSpan DurationOf(FaultKind kind, Dice dice) => kind switch
    {
        FaultKind.Kill or FaultKind.KillInDeed or FaultKind.PowerLoss or FaultKind.Stop =>
            dice.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60)),
        FaultKind.Pause => dice.Hits(0.5)
            ? dice.Between(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5))
            : dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40)),
        FaultKind.ProviderOutage => dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90)),
        _ => dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)),
    };
}
