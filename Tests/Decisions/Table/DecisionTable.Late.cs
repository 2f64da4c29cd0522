using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using static CoffeePayment.Tests.Decisions.Table.Given;
using static CoffeePayment.Tests.Decisions.Table.When;

namespace CoffeePayment.Tests.Decisions.Table;

// not_paid by expiry and failed: given up, while the money may still come.
public sealed partial class DecisionTable
{
    // Given up at 900 s: late checks at 1200, 4500, 22500 and 87300 s.
    private static IEnumerable<DecisionRow> Late() =>
    [
        .. FoundLate("expired", Expired(due: 1200, lateChecks: 0), at: 1200),
        .. FoundLate("expired, hinted", Expired(due: 1200, lateChecks: 0), at: 1000),
        .. FoundLate("expired, late checks over", Expired(due: null, lateChecks: 4), at: 100_000),
        .. FoundLate("expired, dismissed", Dismissed(Expired(due: 4500, lateChecks: 1)), at: 4500),
        .. FoundLate("unreachable", Unreachable(due: 360, lateChecks: 0), at: 360),
        .. FoundLate("unreachable, within the fast track", Unreachable(due: 360, lateChecks: 0), at: 100),
        .. FoundLate("unreachable, dismissed", Dismissed(Unreachable(due: null, lateChecks: 4)), at: 100_000),
        .. FoundLate("held, not taken", HeldNotTaken(due: 360, lateChecks: 0), at: 360),

        .. CanceledLate("expired", Expired(due: 1200, lateChecks: 0), at: 1200),
        .. CanceledLate("expired, hinted", Expired(due: 1200, lateChecks: 0), at: 1000),
        .. CanceledLate("expired, late checks over", Expired(due: null, lateChecks: 4), at: 100_000),
        .. CanceledLate("expired, dismissed", Dismissed(Expired(due: 4500, lateChecks: 1)), at: 4500),
        .. CanceledLate("unreachable", Unreachable(due: 360, lateChecks: 0), at: 360),
        .. CanceledLate("held, not taken", HeldNotTaken(due: 360, lateChecks: 0), at: 360),

        .. StillNothing("expired, 1st late check", Expired(1200, 0), at: 1200.5m, Expired(4500, 1)),
        .. StillNothing("expired, 2nd late check", Expired(4500, 1), at: 4500, Expired(22_500, 2)),
        .. StillNothing("expired, 3rd late check", Expired(22_500, 2), at: 22_500, Expired(87_300, 3)),
        .. StillNothing("expired, last late check", Expired(87_300, 3), at: 87_300, Expired(null, 4)),
        .. StillNothing("expired, late checks overslept", Expired(1200, 0), at: 4500, Expired(22_500, 2)),
        .. StillNothing("expired, all overslept", Expired(1200, 0), at: 1_000_000, Expired(null, 4)),
        .. StillNothing("expired, hinted", Expired(1200, 0), at: 1199.9m, Expired(1200, 0)),
        .. NothingFound("expired, late checks over, hinted", Expired(null, 4), at: 90_000, Expired(null, 4)),
        .. StillNothing("expired, dismissed", Dismissed(Expired(1200, 0)), at: 1200, Dismissed(Expired(4500, 1))),
        .. StillNothing("unreachable", Unreachable(360, 0), at: 360, Unreachable(3660, 1)),
        .. StillNothing("held, not taken", HeldNotTaken(360, 0), at: 360, HeldNotTaken(3660, 1)),
    ];

    private static IEnumerable<DecisionRow> LateOtherwise() =>
    [
        .. PutOff("expired", Expired(1200, 0), retryAfter: 7, at: 1200, Expired(1207, 0)),
        .. PutOff("unreachable", Unreachable(360, 0), retryAfter: 7, at: 361, Unreachable(368, 0)),
        .. PutOff("held, not taken, 0 s", HeldNotTaken(360, 0), retryAfter: 0, at: 360, HeldNotTaken(365, 0)),
        .. PutOff("expired, 100 years", Expired(1200, 0), HundredYears, at: 1200, Expired(4800, 0)),
        .. Ignored("expired, hinted", Expired(1200, 0), Check(NotAsked(7), at: 1000)),
        .. PutOff("expired, late checks over", Expired(null, 4), retryAfter: 7, at: 90_000, Expired(90_007, 4)),
        .. BegunAnew("expired, late checks over, hinted", Expired(null, 4), at: 90_000, due: 90_300),
        .. BegunAnew("expired, late checks over, put off", Expired(90_007, 4), at: 90_007, due: 90_307),
        .. Ignored("unreachable, hinted", Unreachable(360, 0), Check(NotAsked(7), at: 300)),

        .. Ignored("expired", Expired(1200, 0), EveryMakeEvent(at: 1200)),
        .. Ignored("unreachable", Unreachable(360, 0), EveryMakeEvent(at: 360)),
        .. Ignored("held, not taken", HeldNotTaken(360, 0), EveryMakeEvent(at: 360)),

        .. NothingMoves("canceled", Given.Canceled()),
        .. NothingMoves("failed, then canceled", FailedThenCanceled()),

        .. Resolvable("expired", Expired(1200, 0)),
        .. Resolvable("expired, late checks over", Expired(null, 4)),
        .. Resolvable("expired, dismissed", Dismissed(Expired(1200, 0))),
        .. Resolvable("canceled", Given.Canceled()),
        .. Resolvable("unreachable", Unreachable(360, 0)),
        .. Resolvable("held, not taken", HeldNotTaken(360, 0)),
        .. Resolvable("failed, then canceled", FailedThenCanceled()),
    ];

    private static IEnumerable<DecisionRow> FoundLate(string state, PaymentOrder given, decimal at) =>
        from answer in new[] { ("as registered", When.Succeeded), ("another amount", OtherAmount) }
        select Row(
            $"{state} | succeeded, {answer.Item1}: a person decides",
            given,
            Check(answer.Item2, at),
            Then.Ends(OrderStatus.ManualMake, StatusReasons.PaidLate, checks: 4) with
            {
                LateChecks = given.LateChecks,
            });

    private static IEnumerable<DecisionRow> CanceledLate(string state, PaymentOrder given, decimal at) =>
    [
        Row($"{state} | canceled: stays, and is not looked at again",
            given,
            Check(When.Canceled, at),
            Asked(given) with { DueAt = null, Track = null, GivenUpAt = null }),
    ];

    private static IEnumerable<DecisionRow> StillNothing(
        string state, PaymentOrder given, decimal at, PaymentOrder then) =>
    [
        .. NothingFound(state, given, at, then),
        Row($"{state} | no answer: the next late check",
            given,
            Check(NoAnswer(retryAfter: 30), at),
            Asked(then) with { Unanswered = Math.Min(given.UnansweredAttempts + 1, Defaults.AttemptsLimit) }),
    ];

    // Whoever asked then had a reason to, and asks no second time.
    private static IEnumerable<DecisionRow> BegunAnew(string state, PaymentOrder given, decimal at, decimal due) =>
    [
        Row($"{state} | no answer: late checks begin anew",
            given,
            Check(NoAnswer(retryAfter: 30), at),
            Asked(given with { GivenUpAt = Moment.At(at), DueAt = Moment.At(due), Track = Track.Late, LateChecks = 0 })
                with { Unanswered = 1 }),
    ];

    private static IEnumerable<DecisionRow> NothingFound(
        string state, PaymentOrder given, decimal at, PaymentOrder then) =>
    [
        Row($"{state} | pending: the next late check", given, Check(When.Pending, at), Asked(then)),
        Row($"{state} | waiting for capture: the next late check",
            given,
            Check(When.WaitingForCapture, at),
            Asked(then)),
        Row($"{state} | an unknown status: the next late check", given, Check(When.UnknownStatus, at), Asked(then)),
    ];

    private static IEnumerable<DecisionRow> PutOff(
        string state, PaymentOrder given, decimal retryAfter, decimal at, PaymentOrder then) =>
    [
        Row($"{state} | not asked: when the limiter says, and no late check is used up",
            given,
            Check(NotAsked(retryAfter), at),
            Then.Unchanged(DecisionKind.Applied, then)),
    ];

    private static Then Asked(PaymentOrder then) =>
        Then.Unchanged(DecisionKind.Applied, then) with { Checks = 4, Unanswered = 0 };
}
