using CoffeePayment.Grains;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Support;

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
    public async Task Check_MoneyFoundLongBeforeTheNextLateCheck_IsInTheDueIndexBeforeItsStateSaysSo()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.AttemptsLimit = 1);
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        cluster.Stores.Journal.Clear();

        await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Equal(
            ["due order-1", "state order-1 manual_make", "list order-1 manual_make, not due"], cluster.Stores.Journal);
    }

    [Fact]
    public async Task Check_GivenUpOrderWhoseIndexesWereLeftBehind_PutsItOnItsLists()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.AttemptsLimit = 1);
        await cluster.RegisterAsync("order-1");
        cluster.Stores.Pending.IsDown = true;
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Stores.Pending.IsDown = false;
        var leftBehind = await cluster.Stores.Attention.CountAsync();

        var order = await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Equal((0, 1), (leftBehind, await cluster.Stores.Attention.CountAsync()));
        Assert.Equal(1, (await cluster.Stores.Statuses.CountAsync())[OrderStatus.Failed]);
        Assert.Equal(order!.DueAt, cluster.Stores.Pending.DueOf("order-1"));
    }

    [Fact]
    public async Task Hint_AfterTheLastLateCheckAndTheSiloDies_IsFollowedBySweeps()
    {
        var stores = new Stores();
        var time = new VirtualTimeProvider();
        await using (var first = await PaymentCluster.StartAsync(stores, time, WithoutLateChecks))
        {
            await first.RegisterAsync("order-1");
            await first.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
            first.Provider.Hold("order-1");
            await first.Grain("order-1").HintAsync();
        }

        await using var second = await PaymentCluster.StartAsync(stores, time, WithoutLateChecks);
        second.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        time.Advance(TimeSpan.FromSeconds(20));
        await second.Sweeper.SweepAsync();
        await second.SettleAsync("order-1");

        Assert.Equal(OrderStatus.ManualMake, (await second.OrderAsync("order-1")).Status);
        Assert.Null(stores.Pending.DueOf("order-1"));
    }

    [Fact]
    public async Task Check_NoAnswerAfterTheLastLateCheck_IsInTheDueIndexBeforeItsStateSaysSo()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: options =>
        {
            options.AttemptsLimit = 1;
            options.LateChecks = [TimeSpan.FromMinutes(1)];
        });
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Time.Advance(TimeSpan.FromMinutes(2));
        await cluster.Sweeper.SweepAsync();
        await cluster.SettleAsync("order-1");
        var done = await cluster.OrderAsync("order-1");
        cluster.Stores.Journal.Clear();

        var begunAnew = await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Null(done.DueAt);
        Assert.Equal(cluster.Time.GetUtcNow() + TimeSpan.FromMinutes(1), begunAnew!.DueAt);
        Assert.Equal(
            ["due order-1", "state order-1 failed", "list order-1 failed, due"], cluster.Stores.Journal);
    }

    [Fact]
    public async Task Hint_IndexDownAfterTheLastLateCheck_IsNotTaken()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: WithoutLateChecks);
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Stores.Pending.IsDown = true;

        await Assert.ThrowsAsync<IOException>(() => cluster.Grain("order-1").HintAsync());
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
    public async Task Hint_GivenUpOrderThatWasPaidAfterAll_FindsTheMoney()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.AttemptsLimit = 1);
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));

        var order = await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Equal(OrderStatus.ManualMake, order!.Status);
        Assert.Equal("paid_late", order.StatusReason);
        Assert.Null(cluster.Stores.Pending.DueOf("order-1"));
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

    /// <summary>Given up at once, and looked at no more.</summary>
    private static void WithoutLateChecks(PaymentOptions options)
    {
        options.AttemptsLimit = 1;
        options.LateChecks = [];
    }
}
