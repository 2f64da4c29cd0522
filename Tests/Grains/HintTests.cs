using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

public class HintTests
{
    [Fact]
    public async Task Hint_WhileIdle_ChecksAtOnceAndLeavesTheScheduleAsItIs()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var registered = await cluster.RegisterAsync("order-1");
        var asked = cluster.Provider.WhenAskedAsync("order-1");

        var isKnown = await cluster.Grain("order-1").HintAsync();
        await PaymentCluster.PatientlyAsync(asked);
        await cluster.SettleAsync("order-1");
        var order = await cluster.OrderAsync("order-1");

        Assert.True(isKnown);
        Assert.Equal(1, order.CheckAttempts);
        Assert.Equal(registered.DueAt, order.DueAt);
    }

    [Fact]
    public async Task Hint_ManyDuringACheck_CauseExactlyOneMoreAfterIt()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        var answer = await cluster.HoldCheckWhenDueAsync("order-1");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.Grain("order-1").HintAsync()));
        var askedAgain = cluster.Provider.WhenAskedAsync("order-1");
        answer(new ProviderAnswer.Pending());
        await PaymentCluster.PatientlyAsync(askedAgain);
        await cluster.SettleAsync("order-1");

        Assert.Equal(2, cluster.Provider.AsksFor("order-1").Count);
        Assert.False(cluster.Provider.HasOverlapped);
    }

    [Fact]
    public async Task Check_OrderPaidMeanwhile_ReturnsWhatCameOfIt()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));

        var order = await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Equal(OrderStatus.MakePending, order!.Status);
    }

    [Fact]
    public async Task Check_PaidBeforeItIsDue_IsInTheDueIndexByThenBeforeItsStateSaysSo()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        cluster.Stores.Journal.Clear();

        await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Equal(["due order-1", "state order-1 paid"], cluster.Stores.Journal.Take(2));
    }

    [Fact]
    public async Task Refresh_AfterTheClockWasSetBack_ChecksAllTheSame()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());
        cluster.Time.JumpWallClock(TimeSpan.FromHours(-1));

        await cluster.Grain("order-1").CheckAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2, cluster.Provider.AsksFor("order-1").Count);
    }

    [Fact]
    public async Task Check_PaidBeforeItIsDueWhileIndexesAreDown_SendsTheCommandOnceTheyAreBack()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        cluster.Stores.Pending.IsDown = true;
        await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);
        cluster.Stores.Pending.IsDown = false;

        var order = await cluster.StepAfterAsync("order-1", TimeSpan.FromSeconds(5));

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
        Assert.Single(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Refresh_WithinASecond_DoesNotAskAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        var second = TimeSpan.FromSeconds(1);

        await cluster.Grain("order-1").CheckAsync(second);
        cluster.Time.Advance(TimeSpan.FromSeconds(0.9));
        await cluster.Grain("order-1").CheckAsync(second);
        var asksWithin = cluster.Provider.AsksFor("order-1").Count;
        cluster.Time.Advance(TimeSpan.FromSeconds(0.1));
        await cluster.Grain("order-1").CheckAsync(second);

        Assert.Equal(1, asksWithin);
        Assert.Equal(2, cluster.Provider.AsksFor("order-1").Count);
    }

    [Fact]
    public async Task Refresh_DuringACheck_WaitsForItInsteadOfAskingAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        var answer = await cluster.HoldCheckWhenDueAsync("order-1");

        var refresh = cluster.Grain("order-1").CheckAsync(TimeSpan.FromSeconds(1));
        answer(new ProviderAnswer.Canceled("insufficient_funds"));
        var order = await PaymentCluster.PatientlyAsync(refresh);

        Assert.Equal(OrderStatus.NotPaid, order!.Status);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Check_NextStepDoesNotBegin_FailsBeforeItsCallerGivesUp()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        await cluster.HoldCheckWhenDueAsync("order-1");

        var check = cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        // On the official packages the call may come after one that was made later.
        for (var i = 0; i < 1_000 && !check.IsCompleted; i++)
        {
            await cluster.OrderAsync("order-1");
            cluster.Time.Advance(TimeSpan.FromSeconds(20));
        }

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => PaymentCluster.PatientlyAsync(check));

        Assert.Contains("No step", failure.Message);
    }

    [Fact]
    public async Task Refresh_DuringACheckThatCameTooLateForAnotherCaller_WaitsForIt()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        var answer = await cluster.HoldCheckWhenDueAsync("order-1");
        var check = cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);
        await cluster.OrderAsync("order-1");
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<TimeoutException>(() => check);

        var write = cluster.Stores.States.HoldNextWrite();
        answer(new ProviderAnswer.Pending());
        await PaymentCluster.PatientlyAsync(write.Reached);
        var answerAgain = cluster.Provider.Hold("order-1");
        var askedAgain = cluster.Provider.WhenAskedAsync("order-1");
        write.Release();
        await PaymentCluster.PatientlyAsync(askedAgain);
        var refresh = cluster.Grain("order-1").CheckAsync(TimeSpan.FromSeconds(1));
        answerAgain(new ProviderAnswer.Canceled("insufficient_funds"));
        var order = await PaymentCluster.PatientlyAsync(refresh);

        Assert.Equal(OrderStatus.NotPaid, order!.Status);
    }

    [Fact]
    public async Task Get_DuringACheck_DoesNotWaitForTheProvider()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        await cluster.HoldCheckWhenDueAsync("order-1");

        var order = await PaymentCluster.PatientlyAsync(cluster.Grain("order-1").GetAsync());

        Assert.Equal(0, order!.CheckAttempts);
    }

    [Fact]
    public async Task WaitForChange_OrderChanges_ReturnsTheNewOrder()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var registered = await cluster.RegisterAsync("order-1");

        var waiting = cluster.Grain("order-1").WaitForChangeAsync(
            registered.Revision, TimeSpan.FromSeconds(20), CancellationToken.None);
        var isWaiting = !waiting.IsCompleted;
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());
        var changed = await PaymentCluster.PatientlyAsync(waiting);

        Assert.True(isWaiting);
        Assert.Equal(registered.Revision + 1, changed!.Revision);
    }

    [Fact]
    public async Task WaitForChange_CallerIsBehind_ReturnsAtOnce()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var registered = await cluster.RegisterAsync("order-1");

        var order = await cluster.Grain("order-1").WaitForChangeAsync(
            knownRevision: 0, TimeSpan.FromSeconds(20), CancellationToken.None);

        Assert.Equivalent(registered, order, strict: true);
    }

    [Fact]
    public async Task Resolve_ManualMake_IsWrittenAndLeavesTheAttentionList()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Succeeded(new Money(1, "RUB")));

        var result = await cluster.Grain("order-1").ResolveAsync(
            new Resolution(ResolutionOutcome.Refunded, "by card, receipt 17", "anna"));

        Assert.Null(result.Refusal);
        Assert.Equal(OrderStatus.Refunded, result.Order!.Status);
        Assert.Equal(("by card, receipt 17", "anna"), (result.Order.History[^1].Note, result.Order.History[^1].By));
        Assert.Equivalent(result.Order, cluster.Stores.States.Find("order-1"), strict: true);
        Assert.Equal(1, (await cluster.Stores.Statuses.CountAsync())[OrderStatus.Refunded]);
        Assert.Null(cluster.Stores.Pending.DueOf("order-1"));
    }

    [Fact]
    public async Task Resolve_PendingOrder_IsForbiddenAndChangesNothing()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var registered = await cluster.RegisterAsync("order-1");

        var result = await cluster.Grain("order-1").ResolveAsync(new Resolution(ResolutionOutcome.Made));

        Assert.NotNull(result.Refusal);
        Assert.Equivalent(registered, result.Order, strict: true);
    }
}
