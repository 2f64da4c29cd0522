using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Decisions;

// What a provider's answer means.
public static partial class PaymentDecider
{
    private static Decision DecidePending(
        PaymentOrder order, OrderEvent.CheckAnswered check, DateTimeOffset at, PaymentOptions options)
    {
        if (check.Answer is ProviderAnswer.NotAsked notAsked) return PutOff(order, check, notAsked, at, options);

        var asked = Count(order, check);
        return check.Answer switch
        {
            ProviderAnswer.Pending => StayPending(asked, check, at, options),
            ProviderAnswer.UnknownStatus unknown =>
                StayPending(asked, check, at, options, new OrderEffect.WarnUnknownStatus(unknown.Status)),
            ProviderAnswer.Succeeded succeeded => DecideSucceeded(asked, succeeded, at, options),
            ProviderAnswer.Canceled canceled =>
                Checked(Enter(asked, OrderStatus.NotPaid, canceled.Reason, at, options), check, at),
            ProviderAnswer.WaitingForCapture =>
                Checked(GiveUp(asked, OrderStatus.Failed, StatusReasons.WaitingForCapture, at, options), check, at),
            ProviderAnswer.NoAnswer noAnswer => DecideNoAnswer(order, asked, noAnswer, check, at, options),
            _ => Decision.Ignored(order),
        };
    }

    private static Decision StayPending(
        PaymentOrder order,
        OrderEvent.CheckAnswered check,
        DateTimeOffset at,
        PaymentOptions options,
        params OrderEffect[] effects)
    {
        if (at >= order.Registration.ExpiresAt)
        {
            var expired = GiveUp(order, OrderStatus.NotPaid, StatusReasons.PaymentExpired, at, options);
            return Checked(expired, check, at, effects);
        }

        var next = CheckSchedule.NextCheck(order, check.StartedAt, at, options);
        return Checked(WaitFor(order, next, at, options), check, at, effects);
    }

    private static Decision DecideSucceeded(
        PaymentOrder order, ProviderAnswer.Succeeded succeeded, DateTimeOffset at, PaymentOptions options)
    {
        var detail = DetailOf(order, succeeded);
        if (succeeded.Amount != order.Registration.Price)
        {
            var mismatch = Enter(order, OrderStatus.ManualMake, StatusReasons.AmountMismatch, at, options);
            return Decision.Applied(Record(mismatch, HistoryKind.Checked, at, detail));
        }

        if (!CheckSchedule.IsFast(order, at, options))
        {
            var late = Enter(order, OrderStatus.ManualMake, StatusReasons.PaidLate, at, options);
            return Decision.Applied(Record(late, HistoryKind.Checked, at, detail));
        }

        var paid = Enter(order, OrderStatus.Paid, reason: null, at, options);
        return SendMake(Note(paid, HistoryKind.Checked, at, detail), at);
    }

    private static Decision DecideNoAnswer(
        PaymentOrder before,
        PaymentOrder order,
        ProviderAnswer.NoAnswer noAnswer,
        OrderEvent.CheckAnswered check,
        DateTimeOffset at,
        PaymentOptions options)
    {
        var unanswered = order with { UnansweredAttempts = before.UnansweredAttempts + 1 };
        if (unanswered.UnansweredAttempts >= options.AttemptsLimit)
        {
            return Checked(
                GiveUp(unanswered, OrderStatus.Failed, StatusReasons.ProviderUnreachable, at, options), check, at);
        }

        var next = CheckSchedule.NextAfterNoAnswer(order, check.StartedAt, at, noAnswer.RetryAfter, options);
        return Checked(WaitFor(unanswered, next, at, options), check, at);
    }

    private static Decision DecideLate(
        PaymentOrder order, OrderEvent.CheckAnswered check, DateTimeOffset at, PaymentOptions options)
    {
        if (check.Answer is ProviderAnswer.NotAsked notAsked) return PutOff(order, check, notAsked, at, options);

        var asked = Count(order, check);
        switch (check.Answer)
        {
            case ProviderAnswer.Succeeded succeeded:
                var found = Enter(asked, OrderStatus.ManualMake, StatusReasons.PaidLate, at, options);
                return Decision.Applied(Record(found, HistoryKind.Checked, at, DetailOf(order, succeeded)));
            case ProviderAnswer.Canceled:
                return Checked(asked with { DueAt = null, Track = null, GivenUpAt = null }, check, at);
            default:
                var looked = check.Answer is ProviderAnswer.NoAnswer
                    ? asked with { UnansweredAttempts = Math.Min(order.UnansweredAttempts + 1, options.AttemptsLimit) }
                    : asked;
                return Checked(ScheduleNextLook(order, looked, check, at, options), check, at);
        }
    }

    private static PaymentOrder ScheduleNextLook(
        PaymentOrder before,
        PaymentOrder looked,
        OrderEvent.CheckAnswered check,
        DateTimeOffset at,
        PaymentOptions options)
    {
        // Whoever asks after the last late check has a reason to, and asks no second time: late checks begin anew.
        if (check.Answer is ProviderAnswer.NoAnswer && before.LateChecks >= options.LateChecks.Count)
            return ScheduleLateCheck(looked with { GivenUpAt = at }, made: 0, at, options);

        // A hinted look is an extra: the late check that is due stays due.
        return before.DueAt <= check.StartedAt
            ? ScheduleLateCheck(looked, before.LateChecks + 1, at, options)
            : looked;
    }

    // Nothing was asked, so nothing is counted and no late check is used up.
    private static Decision PutOff(
        PaymentOrder order,
        OrderEvent.CheckAnswered check,
        ProviderAnswer.NotAsked notAsked,
        DateTimeOffset at,
        PaymentOptions options)
    {
        var dueAt = CheckSchedule.NextAfterNotAsked(order, check.StartedAt, at, notAsked.RetryAfter, options);
        if (dueAt == order.DueAt) return Decision.Ignored(order);

        var later = order with
        {
            DueAt = dueAt,
            Track = order.Status == OrderStatus.Pending ? CheckSchedule.TrackAt(order, at, options) : Track.Late,
        };
        return Decision.Applied(Record(later, HistoryKind.CheckPutOff, at, ProviderAnswerTexts.DetailOf(notAsked)));
    }

    private static PaymentOrder WaitFor(
        PaymentOrder order, DateTimeOffset dueAt, DateTimeOffset at, PaymentOptions options) =>
        order with { DueAt = dueAt, Track = CheckSchedule.TrackAt(order, at, options) };

    private static PaymentOrder Count(PaymentOrder order, OrderEvent.CheckAnswered check) =>
        order with
        {
            CheckAttempts = order.CheckAttempts + 1,
            UnansweredAttempts = 0,
            LastCheckAt = check.StartedAt,
        };

    private static Decision Checked(
        PaymentOrder order, OrderEvent.CheckAnswered check, DateTimeOffset at, params OrderEffect[] effects) =>
        Decision.Applied(
            Record(order, HistoryKind.Checked, at, ProviderAnswerTexts.DetailOf(check.Answer)), effects);

    // What was paid is only worth telling where it is not what was asked for.
    private static string DetailOf(PaymentOrder order, ProviderAnswer.Succeeded succeeded)
    {
        var detail = ProviderAnswerTexts.DetailOf(succeeded);
        return succeeded.Amount == order.Registration.Price ? detail : $"{detail} {succeeded.Amount}";
    }
}
