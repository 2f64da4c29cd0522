using CoffeePayment.Grains;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Grains;

/// <summary>Hints for orders that were given up: between their late checks, and after the last one.</summary>
public class LateHintTests
{
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

    /// <summary>Given up at once, and looked at no more.</summary>
    private static void WithoutLateChecks(PaymentOptions options)
    {
        options.AttemptsLimit = 1;
        options.LateChecks = [];
    }
}
