using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>P3: what is paid never ends silently; and what is not paid is never treated as if it were.</summary>
internal sealed class MoneyChecker : Checker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Clocks may have been set meanwhile, a few times by seconds.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromSeconds(10);

    /// <summary>When a silo last heard that it is paid, and how many silos had come and gone until then.</summary>
    private readonly Dictionary<string, (long At, int SiloChanges)> _told = new(StringComparer.Ordinal);

    /// <summary>What each order's last answer was, and who heard it.</summary>
    private readonly Dictionary<string, (ProviderAnswer Answer, Lane Silo)> _heard = new(StringComparer.Ordinal);

    private static bool IsForPaid(OrderStatus status) => status is OrderStatus.Paid or OrderStatus.MakePending
        or OrderStatus.Successful or OrderStatus.ManualMake or OrderStatus.MakeFailed or OrderStatus.Refunded;

    public override void Written(OrderFacts order, PaymentOrder? before, PaymentOrder after, Lane silo)
    {
        if (IsForPaid(after.Status) && !IsResolvedByHand(after)
            && order.AnswerAt(Facts.Elapsed) is not ProviderAnswer.Succeeded)
            Fail($"{order.Id} got {after.Status}, but the provider has no money for it.");
        if (after.Status == OrderStatus.Paid && order.Plan.IsAmountWrong)
            Fail($"{order.Id} got {after.Status}, but another amount was paid.");
    }

    public override void Answered(OrderFacts order, Lane silo, ProviderAnswer answer)
    {
        _heard[order.Id] = (answer, silo);
        if (answer is ProviderAnswer.Succeeded) _told[order.Id] = (Facts.Elapsed, Facts.SiloChanges);
    }

    // A silo that ends takes what it heard with it, and the provider need not answer the next one.
    public override void SecondPassed()
    {
        foreach (var (id, (at, changes)) in _told)
        {
            var isSettled = Facts.Elapsed - Math.Max(at, Facts.Disturbances.Until) > Patience.Ticks;
            if (!isSettled || changes != Facts.SiloChanges) continue;
            if (Facts.Orders[id].Stored is { } order && !IsForPaid(order.Status))
                Fail($"The provider said that {id} is paid; it is {order.Status} {order.StatusReason}.");
        }
    }

    // Where the money came after the last look, nobody can know of it.
    public override void Ended()
    {
        foreach (var order in Facts.Orders.Values)
        {
            if (order.Plan.Settlement != Settlement.Succeeded) continue;
            if (order.Stored is not { } stored || IsForPaid(stored.Status)) continue;
            if (_heard.TryGetValue(order.Id, out var heard) && heard is (ProviderAnswer.Succeeded, { IsDead: false }))
                Fail($"The provider said last that {order.Id} is paid; it ended as {stored.Status}.");
            else if (order.LastAskAt < order.LastTakenHintAt)
                Fail($"{order.Id} is paid, and the webhook that said so was taken and never followed.");
            else if (!WasLookedAtToTheEnd(order, stored))
                Fail($"{order.Id} is paid, ended as {stored.Status}, and late checks were left out.");
        }
    }

    private bool WasLookedAtToTheEnd(OrderFacts order, PaymentOrder stored)
    {
        if (stored.GivenUpAt is not { } givenUpAt || order.LastAskAt is not { } lastAskAt) return false;
        return Facts.Payment.LateChecks is not [.., var lastLook]
            || Scheduler.Start.AddTicks(lastAskAt) >= givenUpAt + lastLook - ClockError;
    }

    private static bool IsResolvedByHand(PaymentOrder order) =>
        Array.Exists(order.History, entry => entry.Kind == HistoryKind.Resolved);
}
