using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

public class CheckCadenceTests
{
    [Fact]
    public async Task Checks_NobodyPays_FollowTheFastTrackThenTheSlowOneUntilTheOrderExpires()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var start = cluster.Time.GetUtcNow();
        var order = await cluster.RegisterAsync("order-1");

        while (order.Status == OrderStatus.Pending)
            order = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());

        var fast = Enumerable.Range(1, 61).Select(i => start + TimeSpan.FromSeconds(5 * i));
        var slow = Enumerable.Range(1, 10).Select(i => start + TimeSpan.FromSeconds(305 + (60 * i)));
        Assert.Equal(fast.Concat(slow), cluster.Provider.AsksFor("order-1"));
        Assert.Equal(OrderStatus.NotPaid, order.Status);
        Assert.Equal("payment_expired", order.StatusReason);
        Assert.Equal(71, order.CheckAttempts);
        Assert.Equal(start + TimeSpan.FromSeconds(905) + TimeSpan.FromMinutes(5), order.DueAt);
    }

    [Fact]
    public async Task Check_SlowAnswer_DoesNotShiftThePhase()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var start = cluster.Time.GetUtcNow();
        await cluster.RegisterAsync("order-1");

        var answer = await cluster.HoldCheckWhenDueAsync("order-1");
        cluster.Time.Advance(TimeSpan.FromSeconds(2.9));
        answer(new ProviderAnswer.Pending());
        await cluster.SettleAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());

        Assert.Equal(
            [start + TimeSpan.FromSeconds(5), start + TimeSpan.FromSeconds(10)],
            cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Check_StorageKeepsTheIndexesOfPendingOrders_WritesThemOnlyWhereTheStatusChanges()
    {
        var stores = new Stores { Indexes = { KeepsPendingWithState = true } };
        await using var cluster = await PaymentCluster.StartAsync(stores);
        await cluster.RegisterAsync("order-1");
        stores.Journal.Clear();

        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Canceled("call_issuer"));

        Assert.Equal(
            ["state order-1 pending", "state order-1 not_paid", "list order-1 not_paid, not due"], stores.Journal);
    }

    [Fact]
    public async Task Check_OneSlowOrder_DoesNotHoldUpTheOthers()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("slow");
        await cluster.RegisterAsync("order-1");
        cluster.Provider.Hold("slow");
        var slowAsked = cluster.Provider.WhenAskedAsync("slow");

        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());
        await PaymentCluster.PatientlyAsync(slowAsked);

        Assert.Equal(2, cluster.Provider.AsksFor("order-1").Count);
        Assert.Single(cluster.Provider.AsksFor("slow"));
    }

    [Fact]
    public async Task Check_TenWithoutAnAnswer_GivesTheOrderUpWithATextForTheCustomer()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var start = cluster.Time.GetUtcNow();
        var order = await cluster.RegisterAsync("order-1");

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(OrderStatus.Pending, order.Status);
            order = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout));
        }

        Assert.Equal(OrderStatus.Failed, order.Status);
        Assert.Equal("provider_unreachable", order.StatusReason);
        Assert.NotEmpty(order.FailedPresentationDesc!);
        Assert.Equal(10, cluster.Provider.AsksFor("order-1").Count);
        Assert.Equal(
            start + TimeSpan.FromSeconds(50) + TimeSpan.FromMinutes(5), cluster.Stores.Pending.DueOf("order-1"));
    }

    [Fact]
    public async Task Check_NotAsked_WaitsAsLongAsTheLimiterSaysAndCountsNothing()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var start = cluster.Time.GetUtcNow();
        await cluster.RegisterAsync("order-1");

        var order = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(17)));

        Assert.Equal(OrderStatus.Pending, order.Status);
        Assert.Equal(0, order.CheckAttempts);
        Assert.Equal(start + TimeSpan.FromSeconds(22), order.DueAt);
        Assert.Equal(order.DueAt, cluster.Stores.Pending.DueOf("order-1"));
    }

    [Fact]
    public async Task Check_StorageDown_IsTriedAgainAfterAnInterval()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var start = cluster.Time.GetUtcNow();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.States.FailNextWrite(new IOException("The disk is full."));

        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Pending());
        var asked = cluster.Provider.WhenAskedAsync("order-1");
        cluster.Time.AdvanceTo(start + TimeSpan.FromSeconds(10));
        await PaymentCluster.PatientlyAsync(asked);
        await cluster.SettleAsync("order-1");

        Assert.Equal(1, (await cluster.OrderAsync("order-1")).CheckAttempts);
        Assert.Equal(2, cluster.Provider.AsksFor("order-1").Count);
    }

    [Fact]
    public async Task Check_ClockSetBackAnHour_GoesOn()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        var asked = cluster.Provider.WhenAskedAsync("order-1");

        cluster.Time.JumpWallClock(TimeSpan.FromHours(-1));
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        await PaymentCluster.PatientlyAsync(asked);
        await cluster.SettleAsync("order-1");
        var order = await cluster.OrderAsync("order-1");

        Assert.Equal(1, order.CheckAttempts);
        Assert.True(order.DueAt <= cluster.Time.GetUtcNow() + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Check_OrderDone_LetsItsActivationGo()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");

        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Canceled("insufficient_funds"));
        var asksBefore = cluster.Provider.Asks.Count;
        cluster.Time.Advance(TimeSpan.FromHours(1));
        await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);
        await cluster.Grain("order-1").HintAsync();
        await cluster.SettleAsync("order-1");

        Assert.Equal(asksBefore, cluster.Provider.Asks.Count);
        Assert.Null(cluster.Stores.Pending.DueOf("order-1"));
    }
}
