using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P1: what was acknowledged is there from then on, goes only from status to status as the rules say, and in the end
/// has the status that they give.
/// </summary>
internal sealed class LifeChecker : Checker
{
    public override void Written(OrderFacts order, PaymentOrder? before, PaymentOrder after, Lane silo)
    {
        if (before is null) return;
        if (after.Revision != before.Revision + 1)
            Fail($"{order.Id}: revision {after.Revision} was written over {before.Revision}.");
        if (!IsAllowed(before, after))
            Fail($"{order.Id} went from {before.Status} to {after.Status} {after.StatusReason}.");
        var checks = after.History[^1].Kind == HistoryKind.Checked ? 1 : after.CheckAttempts - before.CheckAttempts;
        if (checks is not (0 or 1) || after.CheckAttempts != before.CheckAttempts + checks)
            Fail($"{order.Id}: {before.CheckAttempts} checks became {after.CheckAttempts}.");
        if (after.Status == OrderStatus.Pending && after.UnansweredAttempts >= Facts.Payment.AttemptsLimit)
            Fail($"{order.Id} is pending after {after.UnansweredAttempts} checks without an answer.");
        if (after is { Status: OrderStatus.Failed, StatusReason: StatusReasons.ProviderUnreachable }
            && before.Status == OrderStatus.Pending && after.UnansweredAttempts != Facts.Payment.AttemptsLimit)
            Fail($"{order.Id} was given up after {after.UnansweredAttempts} checks without an answer.");
        if (before.Make is { } make && after.Make is { } next && next.Attempts < make.Attempts)
            Fail($"{order.Id}: {make.Attempts} commands became {next.Attempts}.");
        if (before.Status == OrderStatus.Pending) CheckDecision(order, after);
    }

    public override void SecondPassed()
    {
        foreach (var order in Facts.Orders.Values)
        {
            if (order is { AcknowledgedAt: not null, Stored: null }) Fail($"{order.Id} was acknowledged and is gone.");
        }
    }

    public override void Ended()
    {
        foreach (var order in Facts.Orders.Values)
        {
            if (order is { AcknowledgedAt: null, WasRefused: true }) continue;
            if (order.AcknowledgedAt is null)
                Fail($"{order.Id} could not be registered although all faults have ended.");
            else if (order.Stored is not { } stored)
                Fail($"{order.Id} was acknowledged and is gone.");
            else if (stored.DueAt is not null)
                Fail($"{order.Id} is not done: {stored.Status}, due at {stored.DueAt - Scheduler.Start}.");
            else if (!IsFinal(order, stored))
                Fail($"{order.Id} ended as {stored.Status} {stored.StatusReason}.");
            else if (Facts.Pending.DueOf(order.Id) is not null)
                Fail($"{order.Id} is done and still in the due index.");
        }
    }

    // By the clock of the silo that decided, as it wrote it down.
    private void CheckDecision(OrderFacts order, PaymentOrder after)
    {
        var age = after.StatusChangedAt - after.Registration.PaymentStartedAt!.Value;
        var isRight = (after.Status, after.StatusReason) switch
        {
            (OrderStatus.Paid, _) => age <= Facts.Payment.FastTrackLimit,
            (OrderStatus.ManualMake, StatusReasons.AmountMismatch) => order.Plan.IsAmountWrong,
            (OrderStatus.ManualMake, StatusReasons.PaidLate) => age > Facts.Payment.FastTrackLimit,
            (OrderStatus.NotPaid, StatusReasons.PaymentExpired) =>
                after.StatusChangedAt >= after.Registration.ExpiresAt,
            _ => true,
        };
        if (!isRight) Fail($"{order.Id} got {after.Status} {after.StatusReason} at the age of {age}.");
    }

    private static bool IsAllowed(PaymentOrder before, PaymentOrder after) => before.Status == after.Status
        || (before.Status, after.Status) switch
        {
            (OrderStatus.Pending, OrderStatus.Paid or OrderStatus.ManualMake) => true,
            (OrderStatus.Pending, OrderStatus.NotPaid or OrderStatus.Failed) => true,
            (OrderStatus.Paid, OrderStatus.MakePending or OrderStatus.MakeFailed or OrderStatus.ManualMake) => true,
            (OrderStatus.NotPaid or OrderStatus.Failed, OrderStatus.ManualMake) => OrderStates.IsLate(before),
            (OrderStatus.MakePending, OrderStatus.Successful or OrderStatus.MakeFailed) => true,
            (OrderStatus.Pending or OrderStatus.Paid or OrderStatus.Refunded, _) => false,
            (_, OrderStatus.Successful or OrderStatus.Refunded) => true,
            _ => false,
        };

    private static bool IsFinal(OrderFacts order, PaymentOrder stored) => stored.Status switch
    {
        OrderStatus.Pending or OrderStatus.Paid => false,
        OrderStatus.NotPaid => stored.StatusReason == StatusReasons.PaymentExpired
            || order.Plan.Settlement == Settlement.Canceled,
        OrderStatus.Failed => stored.StatusReason == StatusReasons.ProviderUnreachable
            || order.Plan.Settlement == Settlement.WaitingForCapture || order.WasSaidToBeHeld,
        OrderStatus.Successful or OrderStatus.Refunded => stored.IsResolved,
        _ => order.Plan.Settlement == Settlement.Succeeded,
    };
}
