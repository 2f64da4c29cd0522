using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>P3: what is paid never ends silently; and what is not paid is never treated as if it were.</summary>
internal sealed class MoneyChecker : Checker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>When a silo last heard that it is paid, and how many silos had come and gone until then.</summary>
    private readonly Dictionary<string, (long At, int SiloChanges)> _told = new(StringComparer.Ordinal);

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

    private static bool IsResolvedByHand(PaymentOrder order) =>
        Array.Exists(order.History, entry => entry.Kind == HistoryKind.Resolved);
}
