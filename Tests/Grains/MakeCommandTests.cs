using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

public class MakeCommandTests
{
    private static readonly ProviderAnswer Paid = new ProviderAnswer.Succeeded(PaymentCluster.Price);

    [Fact]
    public async Task Make_PaidInTime_IsWrittenAsSentBeforeItLeaves()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.Journal.Clear();

        var order = await cluster.CheckWhenDueAsync("order-1", Paid);

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Equal(
            [
                "state order-1 paid",
                "list order-1 paid, due",
                "make order-1",
                "state order-1 make_pending",
                "list order-1 make_pending, not due",
            ],
            cluster.Stores.Journal);
        Assert.Equal(
            new MakeCommand("order-1", "machine-1", "7", DrinkSize.Medium, PaymentCluster.Price),
            Assert.Single(cluster.Machine.Commands));
    }

    [Fact]
    public async Task Make_StateNotWritten_IsSentOnceItIs()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.States.FailNextWrite(new IOException("The disk is full."));

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var sentAtFirst = cluster.Machine.Commands.Count;
        var order = await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Equal(0, sentAtFirst);
        Assert.Equal(OrderStatus.MakePending, order!.Status);
        Assert.Single(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Make_PaidNotWritten_IsSentLaterThoughTheProviderWouldNotAnswerAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.States.FailNextWrite(new IOException("The disk is full."));

        await cluster.CheckWhenDueAsync("order-1", Paid);
        cluster.Provider.AnswerWith("order-1", new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout));
        var order = await cluster.StepAfterAsync("order-1", TimeSpan.FromSeconds(5));

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Make_OutcomeNotWritten_IsWrittenLaterAndNotSentAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Machine.WhenAsked = () => cluster.Stores.States.FailNextWrite(new IOException("The disk is full."));

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var order = await cluster.StepAfterAsync("order-1", TimeSpan.FromSeconds(5));

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Single(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Make_RefusedThreeTimes_FailsAfterTwoSecondsEach()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var start = cluster.Time.GetUtcNow();
        await cluster.RegisterAsync("order-1");
        for (var i = 0; i < 3; i++) cluster.Machine.AnswerNextWith(new MakeAnswer.Refused("connection_refused"));

        var first = await cluster.CheckWhenDueAsync("order-1", Paid);
        var second = await cluster.StepWhenDueAsync("order-1");
        var third = await cluster.StepWhenDueAsync("order-1");

        Assert.Equal(start + TimeSpan.FromSeconds(7), first.DueAt);
        Assert.Equal(start + TimeSpan.FromSeconds(9), second.DueAt);
        Assert.Equal(OrderStatus.MakeFailed, third.Status);
        Assert.Equal(3, cluster.Machine.Commands.Count);
    }

    [Fact]
    public async Task Make_RefusedThenAccepted_IsMakePending()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Machine.AnswerNextWith(new MakeAnswer.Refused("http_409"));

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var order = await cluster.StepWhenDueAsync("order-1");

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Equal(2, order.Make!.Attempts);
    }

    [Fact]
    public async Task Make_OutcomeUnknown_GoesToAPersonAndIsNotSentAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Machine.AnswerNextWith(new MakeAnswer.Unknown("timeout"));

        var order = await cluster.CheckWhenDueAsync("order-1", Paid);

        Assert.Equal(OrderStatus.ManualMake, order.Status);
        Assert.Equal("make_unknown", order.StatusReason);
        Assert.Single(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Make_OutcomeUnknownAndTheMachineDeduplicates_IsSentAgainWithTheSameId()
    {
        await using var cluster = await PaymentCluster.StartAsync(configure: o => o.MachineDeduplicates = true);
        await cluster.RegisterAsync("order-1");
        cluster.Machine.AnswerNextWith(new MakeAnswer.Unknown("timeout"));

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var order = await cluster.StepWhenDueAsync("order-1");

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Equal(["order-1", "order-1"], cluster.Machine.Commands.Select(command => command.CommandId));
    }

    [Fact]
    public async Task Make_IndexDownWhenPaid_IsSentAndTheSweeperRepairsTheIndexes()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.Pending.IsDown = true;

        var order = await cluster.CheckWhenDueAsync("order-1", Paid);
        var leftBehind = cluster.Stores.Pending.DueOf("order-1");
        cluster.Stores.Pending.IsDown = false;
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        var report = await cluster.Sweeper.SweepAsync();

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Single(cluster.Machine.Commands);
        Assert.NotNull(leftBehind);
        Assert.Equal(1, report.Repaired);
        Assert.Null(cluster.Stores.Pending.DueOf("order-1"));
    }
}
