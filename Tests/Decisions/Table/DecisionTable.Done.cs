using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using static CoffeePayment.Tests.Decisions.Table.Given;
using static CoffeePayment.Tests.Decisions.Table.When;

namespace CoffeePayment.Tests.Decisions.Table;

// What is done by itself, and what a person, or the machine, says of it.
public sealed partial class DecisionTable
{
    private static IEnumerable<DecisionRow> Done()
    {
        var manualMakes = new[] { StatusReasons.PaidLate, StatusReasons.AmountMismatch, StatusReasons.MakeUnknown }
            .SelectMany(reason => Awaiting($"manual_make, {reason}", ManualMake(reason)));
        var makeFailures = new[] { StatusReasons.MakeRefused, StatusReasons.NotMade }
            .SelectMany(reason => Awaiting($"make_failed, {reason}", MakeFailed(reason)));

        return
        [
            .. manualMakes,
            .. makeFailures,
            .. Awaiting("successful", Successful()),

            .. NothingMoves("make_pending", Given.MakePending()),
            Row("make_pending | made: the customer has the drink",
                given: Given.MakePending(),
                when: Resolved(ResolutionOutcome.Made, at: 1000),
                then: Then.Landed(OrderStatus.Successful, reason: null, sentAt: 20) with { IsResolved = true }),
            Row("make_pending | not made: a person decides",
                given: Given.MakePending(),
                when: Resolved(ResolutionOutcome.NotMade, at: 1000),
                then: Then.Landed(OrderStatus.MakeFailed, StatusReasons.NotMade, sentAt: 20)),
            .. Forbidden(
                "make_pending", Given.MakePending(), ResolutionOutcome.Refunded, ResolutionOutcome.Dismissed),

            .. NothingMoves("refunded", Refunded()),
            .. Forbidden("refunded", Refunded(), Enum.GetValues<ResolutionOutcome>()),
        ];
    }

    private static IEnumerable<DecisionRow> Awaiting(string state, PaymentOrder given) =>
    [
        .. NothingMoves(state, given),
        .. Resolvable(state, given),
        .. Resolvable($"{state}, dismissed", Dismissed(given)),
    ];

    // P6: nothing is asked of the provider for orders that are done, and an answer that comes all the same is dropped.
    private static IEnumerable<DecisionRow> NothingMoves(string state, PaymentOrder given) =>
        Ignored(state, given, [.. EveryCheck(at: 1000), .. EveryMakeEvent(at: 1000)]);

    private static IEnumerable<DecisionRow> Resolvable(string state, PaymentOrder given)
    {
        var resolved = Then.Unchanged(DecisionKind.Applied, given) with { IsResolved = true };
        var ended = resolved with { Reason = null, DueAt = null, Track = null, GivenUpAt = null };
        return
        [
            Row($"{state} | resolved made: successful",
                given, Resolved(ResolutionOutcome.Made, at: 1000), ended with { Status = OrderStatus.Successful }),
            Row($"{state} | resolved refunded: refunded",
                given, Resolved(ResolutionOutcome.Refunded, at: 1000), ended with { Status = OrderStatus.Refunded }),
            Row($"{state} | resolved dismissed: unchanged, off the attention list",
                given, Resolved(ResolutionOutcome.Dismissed, at: 1000), resolved),
            .. Forbidden(state, given, ResolutionOutcome.NotMade),
        ];
    }
}
