using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Decisions.Table;

namespace CoffeePayment.Tests.Decisions;

public sealed class OrderStatesTests
{
    public static TheoryData<string, PaymentOrder> Awaiting => new()
    {
        { "paid late", Given.ManualMake(StatusReasons.PaidLate) },
        { "make unknown", Given.ManualMake(StatusReasons.MakeUnknown) },
        { "make refused", Given.MakeFailed(StatusReasons.MakeRefused) },
        { "unreachable", Given.Unreachable(due: 360, lateChecks: 0) },
        { "unreachable, late checks over", Given.Unreachable(due: null, lateChecks: 4) },
        { "held, not taken", Given.HeldNotTaken(due: 360, lateChecks: 0) },
    };

    public static TheoryData<string, PaymentOrder> Unattended => new()
    {
        { "pending", Given.Pending(due: 5) },
        { "paid", Given.MakeInFlight(sentAt: 5) },
        { "make_pending", Given.MakePending() },
        { "successful", Given.Successful() },
        { "refunded", Given.Refunded() },
        { "canceled", Given.Canceled() },
        { "expired", Given.Expired(due: 1200, lateChecks: 0) },
        { "dismissed", Given.Dismissed(Given.ManualMake(StatusReasons.PaidLate)) },
        { "unreachable, dismissed", Given.Dismissed(Given.Unreachable(due: 360, lateChecks: 0)) },
    };

    [Theory]
    [MemberData(nameof(Awaiting))]
    public void NeedsAttention_APersonMustDecide_IsTrue(string label, PaymentOrder order) =>
        Assert.True(OrderStates.NeedsAttention(order), label);

    [Theory]
    [MemberData(nameof(Unattended))]
    public void NeedsAttention_NobodyNeedTo_IsFalse(string label, PaymentOrder order) =>
        Assert.False(OrderStates.NeedsAttention(order), label);

    [Fact]
    public void CanBeChecked_PendingOrGivenUp_IsTrueEvenWhenTheLateChecksAreOver()
    {
        Assert.True(OrderStates.CanBeChecked(Given.Pending(due: 5)));
        Assert.True(OrderStates.CanBeChecked(Given.Expired(due: 1200, lateChecks: 0)));
        Assert.True(OrderStates.CanBeChecked(Given.Unreachable(due: null, lateChecks: 4)));
    }

    [Fact]
    public void CanBeChecked_TheProviderHasSpoken_IsFalse()
    {
        Assert.False(OrderStates.CanBeChecked(Given.Canceled()));
        Assert.False(OrderStates.CanBeChecked(Given.FailedThenCanceled()));
        Assert.False(OrderStates.CanBeChecked(Given.MakeInFlight(sentAt: 5)));
        Assert.False(OrderStates.CanBeChecked(Given.ManualMake(StatusReasons.PaidLate)));
    }

    [Fact]
    public void MakeCommandOf_AnOrder_IsItsDrinkUnderItsId() => Assert.Equal(
        new MakeCommand("order-1", "machine-1", "7", DrinkSize.Medium, Given.Price),
        OrderStates.MakeCommandOf(Given.MakeInFlight(sentAt: 5, attempts: 3)));
}
