using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Decisions;

// The make command: at most one ever, unless the machine deduplicates.
public static partial class PaymentDecider
{
    private static Decision SendMake(PaymentOrder order, DateTimeOffset at)
    {
        var attempt = (order.Make?.Attempts ?? 0) + 1;
        var sent = order with
        {
            // Due at once: if this process dies now, the sweeper finds the order like any other that is overdue.
            DueAt = at,
            Make = new MakeProgress
            {
                Attempts = attempt,
                SentAt = at,
                IsInFlight = true,
                MayHaveMade = order.Make?.MayHaveMade ?? false,
            },
        };

        return Decision.Applied(
            Record(sent, HistoryKind.MakeSent, at, attempt.ToString()),
            new OrderEffect.SendMake(OrderStates.MakeCommandOf(order)));
    }

    private static Decision DecideMakeDue(PaymentOrder order, DateTimeOffset at, PaymentOptions options)
    {
        if (MayTryAgain(order, at, options)) return SendMake(order, at);

        return Decision.Applied(
            Record(EndMake(order, at, options), HistoryKind.MakeAnswered, at, detail: "given_up"));
    }

    private static Decision DecideMakeAnswered(
        PaymentOrder order, MakeAnswer answer, DateTimeOffset at, PaymentOptions options)
    {
        switch (answer)
        {
            case MakeAnswer.Accepted:
                var accepted = Enter(Landed(order), OrderStatus.MakePending, reason: null, at, options);
                return Decision.Applied(Record(accepted, HistoryKind.MakeAnswered, at, detail: "accepted"));
            case MakeAnswer.Refused refused:
                return RetryOrEnd(Landed(order), $"refused {refused.Reason}", at, options);
            case MakeAnswer.Unknown unknown:
                return RetryOrEnd(Landed(order, mayHaveMade: true), $"unknown {unknown.Reason}", at, options);
            default:
                return Decision.Ignored(order);
        }
    }

    private static Decision DecideMakeInterrupted(PaymentOrder order, DateTimeOffset at, PaymentOptions options) =>
        RetryOrEnd(Landed(order, mayHaveMade: true), "unknown interrupted", at, options);

    private static Decision RetryOrEnd(PaymentOrder order, string detail, DateTimeOffset at, PaymentOptions options)
    {
        var retryAt = at.PlusClamped(PaymentOptions.MakeRetryDelay);
        var next = MayTryAgain(order, retryAt, options)
            ? order with { DueAt = retryAt }
            : EndMake(order, at, options);

        return Decision.Applied(Record(next, HistoryKind.MakeAnswered, at, detail));
    }

    private static bool MayTryAgain(PaymentOrder order, DateTimeOffset at, PaymentOptions options)
    {
        var isSafe = options.MachineDeduplicates || order.Make is not { MayHaveMade: true };
        return isSafe
            && (order.Make?.Attempts ?? 0) < PaymentOptions.MakeAttemptsLimit
            && CheckSchedule.IsFast(order, at, options);
    }

    private static PaymentOrder EndMake(PaymentOrder order, DateTimeOffset at, PaymentOptions options) =>
        order.Make is { MayHaveMade: true }
            ? Enter(order, OrderStatus.ManualMake, StatusReasons.MakeUnknown, at, options)
            : Enter(order, OrderStatus.MakeFailed, StatusReasons.MakeRefused, at, options);

    private static PaymentOrder Landed(PaymentOrder order, bool mayHaveMade = false) =>
        order with
        {
            Make = order.Make is null
                ? null
                : order.Make with { IsInFlight = false, MayHaveMade = order.Make.MayHaveMade || mayHaveMade },
        };
}
