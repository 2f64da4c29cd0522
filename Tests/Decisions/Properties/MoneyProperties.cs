using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>The promises about money and drinks: P2, P3 and P6, whatever happens to an order.</summary>
public sealed class MoneyProperties
{
    private static readonly OrderStatus[] Unpaid = [OrderStatus.Pending, OrderStatus.NotPaid, OrderStatus.Failed];

    [Fact]
    public void MakeCommand_NotDeduplicated_IsSentAgainOnlyIfAllEarlierOnesWereRefusedForCertain() =>
        Property.Holds(Lives.Arbitrary(), life =>
        {
            var (sent, refused) = (0, 0);
            foreach (var step in life.Live())
            {
                if (step is { IsApplied: true, Event: OrderEvent.MakeAnswered { Answer: MakeAnswer.Refused } })
                    refused++;
                foreach (var _ in step.Decision.Effects.OfType<OrderEffect.SendMake>())
                {
                    Assert.True(life.Options.MachineDeduplicates || sent == refused, $"{sent} sent, {refused} refused");
                    sent++;
                }
            }

            Assert.True(sent <= 3, $"{sent} sent");
        });

    [Fact]
    public void MakeCommand_WheneverSent_IsInFlightInTheStateAndAlwaysTheSame() => Property.HoldsAtEveryStep(step =>
    {
        var sent = step.Decision.Effects.OfType<OrderEffect.SendMake>().ToList();
        if (sent.Count == 0)
        {
            Assert.True(step.Before.Make?.Attempts == step.After.Make?.Attempts, "counted without being sent");
            return;
        }

        Assert.Equal(DecisionKind.Applied, step.Decision.Kind);
        Assert.Equal(OrderStatus.Paid, step.After.Status);
        Assert.True(step.After.Make!.IsInFlight);
        Assert.Equal((step.Before.Make?.Attempts ?? 0) + 1, step.After.Make.Attempts);
        Assert.Equal(step.Now, step.After.Make.SentAt);
        Assert.Equal(step.Now, step.After.DueAt);
        Assert.True(step.IsInTime, "sent after the fast track");
        var registered = step.After.Registration;
        Assert.Equal(
            new MakeCommand(
                registered.Id, registered.DeviceUuid, registered.DrinkNumber, registered.Size, registered.Price),
            Assert.Single(sent).Command);
    });

    [Fact]
    public void Order_OncePaid_NeverRestsWhereNobodyLooks() => Property.Holds(Lives.Arbitrary(), life =>
    {
        var isPaid = false;
        foreach (var step in life.Live())
        {
            isPaid |= step is { IsApplied: true, Event: OrderEvent.CheckAnswered { Answer: ProviderAnswer.Succeeded } };
            if (!isPaid) continue;

            Assert.DoesNotContain(step.After.Status, Unpaid);
            Assert.True(
                step.After.Status != OrderStatus.Paid || step.After.DueAt is not null, "paid, and nobody looks again");
        }
    });

    [Fact]
    public void Order_PendingOrGivenUpOrPaid_IsNeverForgotten() => Property.HoldsAtEveryStep(step =>
    {
        if (step.After.Status is OrderStatus.Pending or OrderStatus.Paid)
            Assert.NotNull(step.After.DueAt);

        // Given up for the first time, there is a late check to come, unless nobody wants any.
        if (step is { IsApplied: true, Before.Status: OrderStatus.Pending, After.GivenUpAt: not null })
        {
            var isLateCheckToCome = step.Options.LateChecks.Count > 0 && step.Now < DateTimeOffset.MaxValue;
            Assert.Equal(isLateCheckToCome, step.After.DueAt is not null);
        }
    });

    [Fact]
    public void Money_FoundLate_ReachesAPerson() => Property.Holds(Lives.Arbitrary(), life =>
    {
        var (isGivenUp, isCanceled) = (false, false);
        foreach (var step in life.Live())
        {
            isGivenUp |= step is { IsApplied: true, After.StatusReason: StatusReasons.PaymentExpired };
            isGivenUp |= step is { IsApplied: true, After.Status: OrderStatus.Failed };
            isCanceled |= step is
            {
                IsApplied: true,
                Event: OrderEvent.CheckAnswered { Answer: ProviderAnswer.Canceled },
            };
            var isLate = isGivenUp && !isCanceled && Unpaid.Contains(step.After.Status);
            if (!isLate) continue;

            var paid = new OrderEvent.CheckAnswered(new ProviderAnswer.Succeeded(life.Registration.Price), step.Now);
            var found = PaymentDecider.Decide(step.After, paid, step.Now, life.Options);

            Assert.Equal(DecisionKind.Applied, found.Kind);
            Assert.Equal(OrderStatus.ManualMake, found.Order.Status);
            Assert.Equal(StatusReasons.PaidLate, found.Order.StatusReason);
            Assert.True(OrderStates.NeedsAttention(found.Order));
            Assert.Empty(found.Effects);
        }
    });

    [Fact]
    public void Answer_ForAnOrderThatIsDone_IsIgnored() => Property.HoldsAtEveryStep(step =>
    {
        var isDone = step.Before.Status is not (OrderStatus.Pending or OrderStatus.NotPaid or OrderStatus.Failed)
            || IsCanceled(step.Before);
        if (step.Event is not OrderEvent.CheckAnswered || !isDone) return;

        Assert.Equal(DecisionKind.Ignored, step.Decision.Kind);
        Assert.Same(step.Before, step.After);
        Assert.Empty(step.Decision.Effects);
    });

    private static bool IsCanceled(PaymentOrder order) =>
        order is { Status: OrderStatus.NotPaid or OrderStatus.Failed }
        && order.History.Any(entry => entry.Detail?.StartsWith("canceled ", StringComparison.Ordinal) == true);
}
