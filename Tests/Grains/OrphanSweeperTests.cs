using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Yookassa;

namespace CoffeePayment.Tests.Grains;

public class OrphanSweeperTests
{
    [Fact]
    public async Task Sweep_EveryOrderIsLookedAfter_TouchesNone()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        for (var i = 0; i < 20; i++) await cluster.RegisterAsync($"order-{i}");

        var report = await cluster.Sweeper.SweepAsync();

        Assert.Equal(20, report.Pending);
        Assert.Equal(0, report.Overdue);
        Assert.Equal(0, report.Restarted);
    }

    [Fact]
    public async Task Sweep_OverdueWithinTheGrace_IsLeftToItsGrain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.Stores.Indexes.ScheduleAsync("order-1", cluster.Time.GetUtcNow());

        cluster.Time.Advance(TimeSpan.FromSeconds(8));
        var within = await cluster.Sweeper.SweepAsync();
        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        var beyond = await cluster.Sweeper.SweepAsync();

        Assert.Equal(0, within.Overdue);
        Assert.Equal(1, beyond.Overdue);
    }

    [Fact]
    public async Task Sweep_EntryWithoutAnOrder_IsDroppedAfterAMinuteAndNamed()
    {
        using var log = new LogRecorder();
        await using var cluster = await PaymentCluster.StartAsync(logging: logging => logging.AddProvider(log));
        var now = cluster.Time.GetUtcNow();
        await cluster.Stores.Indexes.EnlistAsync(
            new OrderOrigin("payment-1", "machine-1", now),
            new OrderIndexEntry("never-acknowledged", OrderStatus.Pending, now, DueAt: now));

        cluster.Time.Advance(TimeSpan.FromSeconds(59));
        await cluster.Sweeper.SweepAsync();
        var afterLess = cluster.Stores.Pending.DueOf("never-acknowledged");
        cluster.Time.Advance(TimeSpan.FromSeconds(2));
        await cluster.Sweeper.SweepAsync();

        Assert.NotNull(afterLess);
        Assert.Null(cluster.Stores.Pending.DueOf("never-acknowledged"));
        Assert.Null(await cluster.Stores.Payments.FindAsync("payment-1"));
        Assert.Contains(
            log.Entries,
            entry => entry.Level == LogLevel.Warning
                && entry.Text.Contains("Order never-acknowledged, due at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sweep_LateCheckDue_WakesTheOrderAndTheMoneyIsFound()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.AttemptsLimit = 1);
        await cluster.RegisterAsync("order-1");
        var givenUp = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));

        cluster.Time.AdvanceTo(givenUp.DueAt!.Value + TimeSpan.FromSeconds(9));
        var asked = cluster.Provider.WhenAskedAsync("order-1");
        var report = await cluster.Sweeper.SweepAsync();
        await PaymentCluster.PatientlyAsync(asked);
        await cluster.SettleAsync("order-1");
        var order = await cluster.OrderAsync("order-1");

        Assert.Equal(1, report.Restarted);
        Assert.Equal(OrderStatus.ManualMake, order.Status);
        Assert.Empty(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Sweep_GivenUpOrderReadMeanwhile_IsNotCheckedBeforeItsLateCheckIsDue()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.AttemptsLimit = 1);
        await cluster.RegisterAsync("order-1");
        var givenUp = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));

        await cluster.OrderAsync("order-1");
        cluster.Time.AdvanceTo(givenUp.DueAt!.Value - TimeSpan.FromSeconds(1));
        await cluster.Sweeper.SweepAsync();
        await cluster.SettleAsync("order-1");

        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Sweep_GivenUpOrderWhoseIndexesWereLeftBehind_IsRepairedAndAskedForWhenItsLateCheckIsDue()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.AttemptsLimit = 1);
        await cluster.RegisterAsync("order-1");
        cluster.Stores.Pending.IsDown = true;
        var givenUp = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        cluster.Stores.Pending.IsDown = false;
        var leftBehind = await cluster.Stores.Attention.CountAsync();

        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        var report = await cluster.Sweeper.SweepAsync();
        await cluster.SettleAsync("order-1");

        Assert.Equal((0, 1), (leftBehind, await cluster.Stores.Attention.CountAsync()));
        Assert.Equal(1, report.Repaired);
        Assert.Equal(1, (await cluster.Stores.Statuses.CountAsync())[OrderStatus.Failed]);
        Assert.Equal(givenUp.DueAt, cluster.Stores.Pending.DueOf("order-1"));
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Sweep_DoneOrderStillInTheIndex_IsRepaired()
    {
        var stores = new Stores();
        await using var cluster = await PaymentCluster.StartAsync(stores);
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Canceled("call_issuer"));
        var now = cluster.Time.GetUtcNow();
        await stores.Indexes.PutAsync(new OrderIndexEntry("order-1", OrderStatus.Pending, now, DueAt: now));

        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        var report = await cluster.Sweeper.SweepAsync();

        Assert.Equal(1, report.Repaired);
        Assert.Null(stores.Pending.DueOf("order-1"));
        Assert.Equal(1, (await stores.Statuses.CountAsync())[OrderStatus.NotPaid]);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Sweep_OrderWrittenWhileItsListsAreRepaired_ListsWhatWasWrittenLast()
    {
        var stores = new Stores();
        await using var cluster = await PaymentCluster.StartAsync(stores);
        await cluster.RegisterAsync("order-1");
        var made = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        await stores.Indexes.ScheduleAsync("order-1", cluster.Time.GetUtcNow());
        cluster.Time.Advance(TimeSpan.FromSeconds(20));

        var enlisting = stores.Indexes.HoldNextEnlisting();
        var sweeping = cluster.Sweeper.SweepAsync();
        await PaymentCluster.PatientlyAsync(enlisting.Reached);
        stores.States.Put(made with { Status = OrderStatus.MakeFailed, Revision = made.Revision + 1 });
        enlisting.Release();
        await PaymentCluster.PatientlyAsync(sweeping);

        Assert.Equal(1, await stores.Attention.CountAsync());
        Assert.Null(stores.Pending.DueOf("order-1"));
    }

    [Fact]
    public async Task Sweep_PastRetention_ForgetsDoneOrdersAndKeepsThoseThatAwaitAPerson()
    {
        await using var cluster = await PaymentCluster.StartAsync(configureSweeper: o => o.ForgetsMax = 1);
        await cluster.RegisterAsync("done");
        await cluster.CheckWhenDueAsync("done", new ProviderAnswer.Canceled("call_issuer"));
        await cluster.RegisterAsync("waiting");
        await cluster.CheckWhenDueAsync("waiting", new ProviderAnswer.Succeeded(new Money(1, "RUB")));
        await cluster.RegisterAsync("dealt-with");
        await cluster.CheckWhenDueAsync("dealt-with", new ProviderAnswer.Succeeded(new Money(1, "RUB")));
        await cluster.Grain("dealt-with").ResolveAsync(new Resolution(ResolutionOutcome.Dismissed));

        cluster.Time.Advance(TimeSpan.FromDays(31));
        var forgotten = 0;
        for (var i = 0; i < 20; i++) forgotten += (await cluster.Sweeper.SweepAsync()).Forgotten;

        Assert.Equal(2, forgotten);
        Assert.Null(await cluster.Grain("done").GetAsync());
        Assert.Null(await cluster.Grain("dealt-with").GetAsync());
        Assert.NotNull(await cluster.Grain("waiting").GetAsync());
        Assert.Null(await cluster.Stores.Payments.FindAsync(PaymentCluster.PaymentOf("done")));
        Assert.NotNull(await cluster.Stores.Payments.FindAsync(PaymentCluster.PaymentOf("waiting")));
    }

    [Fact]
    public async Task Start_SweepsAtOnceAndAgainWhenTheReminderIsDue()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.StartSweeperAsync();

        cluster.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        await cluster.Sweeper.SweepAsync();
        var second = cluster.WhenSweptAsync();
        var isEarly = second.IsCompleted;
        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        await PaymentCluster.PatientlyAsync(second);

        Assert.False(isEarly);
    }

    [Fact]
    public async Task Start_ByAnotherSilo_SweepsAtOnceAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.StartSweeperAsync();

        cluster.Time.Advance(TimeSpan.FromSeconds(9));

        await cluster.StartSweeperAsync();
    }

    [Fact]
    public async Task List_ManyOrders_PagesThroughThemNewestFirst()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await cluster.RegisterAsync($"order-{i}");
            cluster.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        var directory = cluster.Grains.GetGrain<IOrderDirectoryGrain>(0);
        var first = await directory.ListAsync(OrderStatus.Pending, after: null, limit: 3);
        var second = await directory.ListAsync(OrderStatus.Pending, first.Next, limit: 3);

        Assert.Equal(["order-4", "order-3", "order-2"], first.Orders.Select(order => order.Id));
        Assert.Equal(["order-1", "order-0"], second.Orders.Select(order => order.Id));
        Assert.Null(second.Next);
    }
}
