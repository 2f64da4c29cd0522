using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using static CoffeePayment.Tests.Decisions.Table.Then;
using static CoffeePayment.Tests.Decisions.Table.When;

namespace CoffeePayment.Tests.Decisions.Table;

// pending, and the provider said nothing, or was not asked, or the event belongs elsewhere.
public sealed partial class DecisionTable
{
    private const decimal HundredYears = 100 * 365 * 24 * 3600m;

    private static IEnumerable<DecisionRow> PendingUnanswered() =>
    [
        .. Enum.GetValues<NoAnswerCause>().Select(cause => Row(
            $"pending, fast | no answer, {cause}: the same for every cause",
            given: Given.Pending(due: 10),
            when: Check(NoAnswer(cause: cause), from: 10, to: 10.2m),
            then: Waits(due: 15, Track.Fast, checks: 4, unanswered: 1))),
        Row("pending, slow | no answer: again after one fast interval",
            given: Given.Pending(due: 360),
            when: Check(NoAnswer(), from: 360, to: 363),
            then: Waits(due: 365, Track.Slow, checks: 4, unanswered: 1)),
        Row("pending, fast | no answer, retry after 30 s: then",
            given: Given.Pending(due: 10),
            when: Check(NoAnswer(retryAfter: 30), from: 10, to: 10.2m),
            then: Waits(due: 40.2m, Track.Fast, checks: 4, unanswered: 1)),
        Row("pending, fast | no answer, retry after 1 s: after one fast interval all the same",
            given: Given.Pending(due: 10),
            when: Check(NoAnswer(retryAfter: 1), from: 10, to: 10.2m),
            then: Waits(due: 15, Track.Fast, checks: 4, unanswered: 1)),
        Row("pending, fast | no answer, retry after 0: after one fast interval",
            given: Given.Pending(due: 10),
            when: Check(NoAnswer(retryAfter: 0), at: 10),
            then: Waits(due: 15, Track.Fast, checks: 4, unanswered: 1)),
        Row("pending, fast | no answer, retry after less than 0: after one fast interval",
            given: Given.Pending(due: 10),
            when: Check(NoAnswer(retryAfter: -HundredYears), at: 10),
            then: Waits(due: 15, Track.Fast, checks: 4, unanswered: 1)),
        Row("pending, fast | no answer, retry after 100 years: after an hour",
            given: Given.Pending(due: 10),
            when: Check(NoAnswer(retryAfter: HundredYears), at: 10),
            then: Waits(due: 3610, Track.Fast, checks: 4, unanswered: 1)),
        Row("pending, fast, hinted | no answer: the check that was due stays due",
            given: Given.Pending(due: 10, unanswered: 3),
            when: Check(NoAnswer(), from: 7, to: 7.2m),
            then: Waits(due: 10, Track.Fast, checks: 4, unanswered: 4)),
        Row("pending, expired | no answer: nobody knows yet whether it was paid",
            given: Given.Pending(due: 900),
            when: Check(NoAnswer(), at: 900),
            then: Waits(due: 905, Track.Slow, checks: 4, unanswered: 1)),
        Row("pending, 8 unanswered | no answer: the 9th, checked again",
            given: Given.Pending(due: 10, unanswered: 8),
            when: Check(NoAnswer(), at: 10),
            then: Waits(due: 15, Track.Fast, checks: 4, unanswered: 9)),
        Row("pending, 9 unanswered | no answer: the 10th, given up",
            given: Given.Pending(due: 10, unanswered: 9),
            when: Check(NoAnswer(), at: 10),
            then: GivenUpUnanswered(at: 10, unanswered: 10)),
        Row("pending, 9 unanswered | no answer, retry after 30 s: the 10th, given up",
            given: Given.Pending(due: 10, unanswered: 9),
            when: Check(NoAnswer(retryAfter: 30), at: 10),
            then: GivenUpUnanswered(at: 10, unanswered: 10)),
        Row("pending, 9 unanswered, hinted | no answer: the 10th, given up",
            given: Given.Pending(due: 10, unanswered: 9),
            when: Check(NoAnswer(), at: 7),
            then: GivenUpUnanswered(at: 7, unanswered: 10)),
        Row("pending, 12 unanswered because the limit was higher | no answer: given up",
            given: Given.Pending(due: 10, unanswered: 12),
            when: Check(NoAnswer(), at: 10),
            then: GivenUpUnanswered(at: 10, unanswered: 13)),

        Row("pending, fast | not asked: when the limiter says",
            given: Given.Pending(due: 10, unanswered: 9),
            when: Check(NotAsked(retryAfter: 7), from: 10, to: 10.2m),
            then: Waits(due: 17.2m, Track.Fast, checks: 3, unanswered: 9)),
        Row("pending, 1 ms past the limit | not asked: when the limiter says, and slow from here",
            given: Given.Pending(due: 300),
            when: Check(NotAsked(retryAfter: 7), at: 300.001m),
            then: Waits(due: 307.001m, Track.Slow, checks: 3)),
        Row("pending, expired | not asked: nobody knows yet whether it was paid",
            given: Given.Pending(due: 900),
            when: Check(NotAsked(retryAfter: 7), at: 900),
            then: Waits(due: 907, Track.Slow, checks: 3)),
        Row("pending, fast | not asked, retry after 0: after one fast interval",
            given: Given.Pending(due: 10),
            when: Check(NotAsked(retryAfter: 0), at: 10),
            then: Waits(due: 15, Track.Fast, checks: 3)),
        Row("pending, fast | not asked, retry after less than 0: after one fast interval",
            given: Given.Pending(due: 10),
            when: Check(NotAsked(retryAfter: -HundredYears), at: 10),
            then: Waits(due: 15, Track.Fast, checks: 3)),
        Row("pending, fast | not asked, retry after 100 years: after an hour",
            given: Given.Pending(due: 10),
            when: Check(NotAsked(retryAfter: HundredYears), at: 10),
            then: Waits(due: 3610, Track.Fast, checks: 3)),
        Row("pending, clock set back by an hour | not asked: when the limiter says",
            given: Given.Pending(due: 10),
            when: Check(NotAsked(retryAfter: 7), at: -3590),
            then: Waits(due: -3583, Track.Fast, checks: 3)),
    ];

    private static IEnumerable<DecisionRow> PendingOtherwise() =>
    [
        .. Ignored("pending, fast, hinted", Given.Pending(due: 10), Check(NotAsked(retryAfter: 7), at: 8)),
        .. Ignored("pending, slow, hinted", Given.Pending(due: 420), Check(NotAsked(retryAfter: 30), at: 400)),
        .. Ignored("pending, put off, hinted", Given.Pending(due: 40), Check(NotAsked(retryAfter: 30), at: 12)),
        .. Ignored("pending", Given.Pending(due: 10), EveryMakeEvent(at: 10)),
        .. Forbidden("pending", Given.Pending(due: 10), Enum.GetValues<ResolutionOutcome>()),
    ];

    private static Then GivenUpUnanswered(decimal at, int unanswered) => IsLate(
        OrderStatus.Failed,
        StatusReasons.ProviderUnreachable,
        givenUpAt: at,
        due: at + 300,
        checks: 4,
        unanswered: unanswered);
}
