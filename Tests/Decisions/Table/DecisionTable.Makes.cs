using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using static CoffeePayment.Tests.Decisions.Table.Given;
using static CoffeePayment.Tests.Decisions.Table.Then;
using static CoffeePayment.Tests.Decisions.Table.When;

namespace CoffeePayment.Tests.Decisions.Table;

// paid: the make command.
public sealed partial class DecisionTable
{
    private static IEnumerable<DecisionRow> Makes() =>
    [
        Row("paid, in flight | accepted: the machine makes the drink",
            given: MakeInFlight(sentAt: 10),
            when: Make(Accepted, at: 11),
            then: Landed(OrderStatus.MakePending, reason: null, sentAt: 10)),
        Row("paid, in flight | accepted long after the fast track: the machine makes the drink",
            given: MakeInFlight(sentAt: 300),
            when: Make(Accepted, at: 310),
            then: Landed(OrderStatus.MakePending, reason: null, sentAt: 300)),
        Row("paid, 2nd in flight, the 1st unknown, deduplicated | accepted: one drink",
            given: MakeInFlight(sentAt: 14, attempts: 2, mayHaveMade: true),
            when: Make(Accepted, at: 15),
            then: Landed(OrderStatus.MakePending, reason: null, sentAt: 14, attempts: 2, mayHaveMade: true),
            Deduplicates),

        Row("paid, in flight | refused: again after 2 s",
            given: MakeInFlight(sentAt: 10),
            when: Make(Refused, at: 11),
            then: Retries(due: 13, sentAt: 10, attempts: 1)),
        Row("paid, 2nd in flight | refused: again after 2 s",
            given: MakeInFlight(sentAt: 13, attempts: 2),
            when: Make(Refused, at: 13.5m),
            then: Retries(due: 15.5m, sentAt: 13, attempts: 2)),
        Row("paid, 3rd in flight | refused: given up",
            given: MakeInFlight(sentAt: 16, attempts: 3),
            when: Make(Refused, at: 17),
            then: Landed(OrderStatus.MakeFailed, StatusReasons.MakeRefused, sentAt: 16, attempts: 3)),
        Row("paid, in flight, the next try at the limit exactly | refused: again after 2 s",
            given: MakeInFlight(sentAt: 297),
            when: Make(Refused, at: 298),
            then: Retries(due: 300, sentAt: 297, attempts: 1)),
        Row("paid, in flight, the next try 1 ms past the limit | refused: given up",
            given: MakeInFlight(sentAt: 297),
            when: Make(Refused, at: 298.001m),
            then: Landed(OrderStatus.MakeFailed, StatusReasons.MakeRefused, sentAt: 297)),
        Row("paid, 3rd in flight, an earlier one unknown, deduplicated | refused: a person decides",
            given: MakeInFlight(sentAt: 16, attempts: 3, mayHaveMade: true),
            when: Make(Refused, at: 17),
            then: Landed(OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 16, attempts: 3, mayHaveMade: true),
            Deduplicates),

        .. OutcomeUnknown("unknown", at => Make(Unknown, at)),
        .. OutcomeUnknown("interrupted", MakeInterrupted),

        Row("paid, waiting | time for the next try: the make command leaves",
            given: MakeWaiting(due: 13, attempts: 1),
            when: MakeDue(at: 13.1m),
            then: Sends(at: 13.1m, attempts: 2)),
        Row("paid, waiting, two refused | time for the next try: the make command leaves",
            given: MakeWaiting(due: 16, attempts: 2),
            when: MakeDue(at: 16),
            then: Sends(at: 16, attempts: 3)),
        Row("paid, waiting, clock set back | time for the next try: the make command leaves",
            given: MakeWaiting(due: 13, attempts: 1),
            when: MakeDue(at: -3587),
            then: Sends(at: -3587, attempts: 2)),
        Row("paid, waiting, at the limit exactly | time for the next try: the make command leaves",
            given: MakeWaiting(due: 300, attempts: 1),
            when: MakeDue(at: 300),
            then: Sends(at: 300, attempts: 2)),
        Row("paid, waiting, 1 ms past the limit | time for the next try: given up",
            given: MakeWaiting(due: 300, attempts: 1),
            when: MakeDue(at: 300.001m),
            then: Landed(OrderStatus.MakeFailed, StatusReasons.MakeRefused, sentAt: 298)),
        Row("paid, waiting, three refused | time for the next try: given up",
            given: MakeWaiting(due: 19, attempts: 3),
            when: MakeDue(at: 19),
            then: Landed(OrderStatus.MakeFailed, StatusReasons.MakeRefused, sentAt: 17, attempts: 3)),
        Row("paid, waiting, one unknown, deduplicated | time for the next try: the same command leaves",
            given: MakeWaiting(due: 13, attempts: 1, mayHaveMade: true),
            when: MakeDue(at: 13),
            then: Sends(at: 13, attempts: 2, mayHaveMade: true),
            Deduplicates),
        Row("paid, waiting, one unknown, deduplicated no more | time for the next try: a person decides",
            given: MakeWaiting(due: 13, attempts: 1, mayHaveMade: true),
            when: MakeDue(at: 13),
            then: Landed(OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 11, mayHaveMade: true)),
        Row("paid, waiting, one unknown, deduplicated, past the limit | time for the next try: a person decides",
            given: MakeWaiting(due: 300, attempts: 1, mayHaveMade: true),
            when: MakeDue(at: 301),
            then: Landed(OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 298, mayHaveMade: true),
            Deduplicates),
    ];

    private static IEnumerable<DecisionRow> MakesOtherwise() =>
    [
        .. Ignored("paid, in flight", MakeInFlight(sentAt: 10), [MakeDue(at: 12), .. EveryCheck(at: 12)]),
        .. Ignored("paid, waiting", MakeWaiting(due: 13, attempts: 1), EveryMakeOutcome(at: 13)),
        .. Ignored("paid, waiting", MakeWaiting(due: 13, attempts: 1), EveryCheck(at: 13)),
        .. Forbidden("paid, in flight", MakeInFlight(sentAt: 10), Enum.GetValues<ResolutionOutcome>()),
        .. Forbidden("paid, waiting", MakeWaiting(due: 13, attempts: 1), Enum.GetValues<ResolutionOutcome>()),
    ];

    // A command that nobody knows the outcome of, and one whose sender died, are the same to the rules.
    private static IEnumerable<DecisionRow> OutcomeUnknown(string what, Func<decimal, When> happens) =>
    [
        Row($"paid, in flight | {what}: a person decides",
            given: MakeInFlight(sentAt: 10),
            when: happens(20),
            then: Landed(OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 10, mayHaveMade: true)),
        Row($"paid, 2nd in flight | {what}: a person decides",
            given: MakeInFlight(sentAt: 13, attempts: 2),
            when: happens(20),
            then: Landed(
                OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 13, attempts: 2, mayHaveMade: true)),
        Row($"paid, in flight, deduplicated | {what}: the same command again after 2 s",
            given: MakeInFlight(sentAt: 10),
            when: happens(20),
            then: Retries(due: 22, sentAt: 10, attempts: 1, mayHaveMade: true),
            Deduplicates),
        Row($"paid, 3rd in flight, deduplicated | {what}: a person decides",
            given: MakeInFlight(sentAt: 16, attempts: 3),
            when: happens(20),
            then: Landed(
                OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 16, attempts: 3, mayHaveMade: true),
            Deduplicates),
        Row($"paid, in flight, deduplicated, the next try past the limit | {what}: a person decides",
            given: MakeInFlight(sentAt: 298),
            when: happens(298.001m),
            then: Landed(OrderStatus.ManualMake, StatusReasons.MakeUnknown, sentAt: 298, mayHaveMade: true),
            Deduplicates),
    ];
}
