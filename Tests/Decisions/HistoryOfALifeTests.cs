using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Decisions.Table;

namespace CoffeePayment.Tests.Decisions;

/// <summary>What an order's history tells of its life, in the words of the API.</summary>
public sealed class HistoryOfALifeTests
{
    [Fact]
    public void History_PaidInTime_TellsEveryStep() => AssertHistory(
        [
            When.Check(When.Pending, at: 5),
            When.Check(When.Pending, at: 10),
            When.Check(When.NoAnswer(cause: NoAnswerCause.RateLimited), at: 15),
            When.Check(When.NotAsked(retryAfter: 3), at: 20),
            When.Check(When.UnknownStatus, at: 23),
            When.Check(When.Succeeded, at: 28),
            When.Make(When.Refused, at: 29),
            When.MakeDue(at: 31),
            When.Make(When.Accepted, at: 32),
            When.Resolved(ResolutionOutcome.Made, at: 60),
        ],
        "0 s Registered Pending",
        "5 s Checked Pending pending, 2 times until 10 s",
        "15 s Checked Pending rate_limited",
        "20 s CheckPutOff Pending not_asked",
        "23 s Checked Pending unknown_status dancing",
        "28 s Checked Paid succeeded",
        "28 s MakeSent Paid 1",
        "29 s MakeAnswered Paid refused connection_refused",
        "31 s MakeSent Paid 2",
        "32 s MakeAnswered MakePending accepted",
        "60 s Resolved Successful made: a note");

    [Fact]
    public void History_PaidLateWithAnotherAmount_TellsTheAmount() => AssertHistory(
        [
            When.Check(When.Pending, at: 900),
            When.Check(When.OtherAmount, at: 1200),
            When.Resolved(ResolutionOutcome.Refunded, at: 2000),
        ],
        "0 s Registered Pending",
        "900 s Checked NotPaid pending",
        "1200 s Checked ManualMake succeeded 14999 RUB",
        "2000 s Resolved Refunded refunded: a note");

    [Fact]
    public void History_PaidWithAnotherCurrency_TellsTheCurrency() => AssertHistory(
        [When.Check(When.OtherCurrency, at: 5)],
        "0 s Registered Pending",
        "5 s Checked ManualMake succeeded 15000 USD");

    [Fact]
    public void History_Canceled_TellsTheReason() => AssertHistory(
        [When.Check(When.Canceled, at: 5), When.Resolved(ResolutionOutcome.Dismissed, at: 6)],
        "0 s Registered Pending",
        "5 s Checked NotPaid canceled insufficient_funds",
        "6 s Resolved NotPaid dismissed: a note");

    [Fact]
    public void History_MakeUnknown_TellsWhy() => AssertHistory(
        [When.Check(When.Succeeded, at: 5), When.Make(When.Unknown, at: 15)],
        "0 s Registered Pending",
        "5 s Checked Paid succeeded",
        "5 s MakeSent Paid 1",
        "15 s MakeAnswered ManualMake unknown timeout");

    [Fact]
    public void History_MakeInterrupted_TellsSo() => AssertHistory(
        [When.Check(When.Succeeded, at: 5), When.MakeInterrupted(at: 15)],
        "0 s Registered Pending",
        "5 s Checked Paid succeeded",
        "5 s MakeSent Paid 1",
        "15 s MakeAnswered ManualMake unknown interrupted");

    [Fact]
    public void History_NextTryTooLate_TellsThatItWasGivenUp() => AssertHistory(
        [When.Check(When.Succeeded, at: 290), When.Make(When.Refused, at: 291), When.MakeDue(at: 301)],
        "0 s Registered Pending",
        "290 s Checked Paid succeeded",
        "290 s MakeSent Paid 1",
        "291 s MakeAnswered Paid refused connection_refused",
        "301 s MakeAnswered MakeFailed given_up");

    private static void AssertHistory(When[] life, params string[] history)
    {
        var options = new PaymentOptions();
        var order = PaymentDecider.Register(Given.Pending(due: 5).Registration, Moment.At(0), options);

        foreach (var when in life)
        {
            var decision = PaymentDecider.Decide(order, when.Event, when.Now, options);
            Assert.Equal(DecisionKind.Applied, decision.Kind);
            order = decision.Order;
        }

        Assert.Equal(history, order.History.Select(Show));
    }

    private static string Show(HistoryEntry entry)
    {
        var repeated = entry.Count > 1 ? $", {entry.Count} times until {Moment.Show(entry.LastAt)}" : "";
        var note = entry.Note is null ? "" : $": {entry.Note}";
        return $"{Moment.Show(entry.At)} {entry.Kind} {entry.Status} {entry.Detail}".TrimEnd() + repeated + note;
    }
}
