using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Orleans.Storage;

namespace CoffeePayment.Tests.Grains;

/// <summary>What an activation does that knows of money, and finds that another has written the order since.</summary>
public class LostRaceTests
{
    private static readonly ProviderAnswer Paid = new ProviderAnswer.Succeeded(PaymentCluster.Price);

    [Fact]
    public async Task Check_PaidButExpiredBySomebodyElse_WaitsForAPerson()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await ExpireBehindItsBackAsync(cluster);

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var seen = await cluster.StepAfterAsync("order-1", TimeSpan.FromMilliseconds(1));

        Assert.Equal(OrderStatus.ManualMake, seen.Status);
        Assert.Equal("paid_late", seen.StatusReason);
        Assert.Equal(9, seen.Revision);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
        Assert.Empty(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Resolve_PaidButExpiredBySomebodyElse_FindsTheMoney()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await ExpireBehindItsBackAsync(cluster);
        var grain = cluster.Grain("order-1");

        // Its turn comes after the check, before the order is looked at again.
        var answer = await cluster.HoldCheckWhenDueAsync("order-1");
        var resolving = grain.ResolveAsync(new Resolution(ResolutionOutcome.Refunded));
        await PaymentCluster.PatientlyAsync(grain.GetAsync());
        answer(Paid);
        var resolved = await PaymentCluster.PatientlyAsync(resolving);
        await cluster.SettleAsync("order-1");

        Assert.Null(resolved.Refusal);
        Assert.Equal(OrderStatus.Refunded, resolved.Order!.Status);
        Assert.Equal(10, cluster.Stores.States.Find("order-1")!.Revision);
        Assert.Empty(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Check_PaidAndStillPendingForAllOthers_SendsTheCommand()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.States.FailNextWrite(new InconsistentStateException("lost the race"));

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var seen = await cluster.StepAfterAsync("order-1", TimeSpan.FromMilliseconds(1));

        Assert.Equal(OrderStatus.MakePending, seen.Status);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
        Assert.Single(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Check_PaidAndCommandedBySomebodyElse_SendsNoCommand()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var order = await cluster.RegisterAsync("order-1");
        cluster.Stores.States.Put(order with
        {
            Status = OrderStatus.MakePending,
            DueAt = null,
            Track = null,
            Revision = 8,
        });

        await cluster.CheckWhenDueAsync("order-1", Paid);
        var seen = await cluster.StepAfterAsync("order-1", TimeSpan.FromMilliseconds(1));

        Assert.Equal(OrderStatus.MakePending, seen.Status);
        Assert.Equal(8, seen.Revision);
        Assert.Empty(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Check_SomebodyElseWroteTheOrder_WhoeverWaitsForAChangeOrAStepIsAnswered()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var order = await cluster.RegisterAsync("order-1");
        var grain = cluster.Grain("order-1");
        var answer = await cluster.HoldCheckWhenDueAsync("order-1");
        var change = grain.WaitForChangeAsync(order.Revision, TimeSpan.FromHours(1), CancellationToken.None);
        var step = grain.CheckAsync(TimeSpan.Zero);
        await grain.GetAsync();
        cluster.Stores.States.FailNextWrite(new InconsistentStateException("lost the race"));

        answer(new ProviderAnswer.Pending());

        await PaymentCluster.PatientlyAsync(Task.WhenAll(change, step));
        await cluster.SettleAsync("order-1");
    }

    private static async Task ExpireBehindItsBackAsync(PaymentCluster cluster)
    {
        var order = await cluster.RegisterAsync("order-1");
        cluster.Stores.States.Put(order with
        {
            Status = OrderStatus.NotPaid,
            StatusReason = "payment_expired",
            GivenUpAt = order.StatusChangedAt,
            DueAt = null,
            Track = null,
            Revision = 8,
        });
    }
}
