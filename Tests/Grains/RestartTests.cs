using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Grains;

/// <summary>What a new process makes of what a dead one left behind.</summary>
public class RestartTests
{
    [Fact]
    public async Task Restart_OrderDiedWhileItsCommandWasOut_GoesToAPersonWithoutAnotherCommand()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores)) await LeaveInFlightAsync(dead);

        await using var cluster = await PaymentCluster.StartAsync(stores);
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        var report = await cluster.Sweeper.SweepAsync();
        await cluster.SettleAsync("order-1");
        var order = await cluster.OrderAsync("order-1");

        Assert.Equal(1, report.Restarted);
        Assert.Equal(OrderStatus.ManualMake, order.Status);
        Assert.Equal("make_unknown", order.StatusReason);
        Assert.Empty(cluster.Machine.Commands);
    }

    [Fact]
    public async Task Restart_OrderDiedWhileItsCommandWasOutAndTheMachineDeduplicates_IsSentAgain()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores)) await LeaveInFlightAsync(dead);

        await using var cluster = await PaymentCluster.StartAsync(stores, configure: o => o.MachineDeduplicates = true);
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        await cluster.Sweeper.SweepAsync();
        await cluster.SettleAsync("order-1");
        var order = await cluster.StepWhenDueAsync("order-1");

        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Equal("order-1", Assert.Single(cluster.Machine.Commands).CommandId);
    }

    [Fact]
    public async Task Sweep_AfterARestart_SpreadsOverdueChecksOverAnIntervalLongestOverdueFirst()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores))
        {
            for (var i = 0; i < 5; i++)
            {
                await dead.RegisterAsync($"order-{i}");
                dead.Time.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        await using var cluster = await PaymentCluster.StartAsync(stores);
        cluster.Time.Advance(TimeSpan.FromSeconds(30));
        var swept = cluster.Time.GetUtcNow();
        var asked = Enumerable.Range(0, 5).Select(i => cluster.Provider.WhenAskedAsync($"order-{i}")).ToList();
        var report = await cluster.Sweeper.SweepAsync();
        for (var i = 0; i < 5; i++)
        {
            cluster.Time.AdvanceTo(swept + TimeSpan.FromSeconds(i));
            await PaymentCluster.PatientlyAsync(asked[i]);
        }

        Assert.Equal(5, report.Restarted);
        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => ($"order-{i}", swept + TimeSpan.FromSeconds(i))),
            cluster.Provider.Asks);
    }

    [Fact]
    public async Task Start_SingleProcess_TakesOverWhatIsNotYetDueAndChecksItOnTime()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores)) await dead.RegisterAsync("order-1");
        await using var cluster = await PaymentCluster.StartAsync(
            stores, configureSweeper: o => o.TakesOverAtStart = true);
        var due = stores.Pending.DueOf("order-1");

        await cluster.StartSweeperAsync();
        await cluster.Sweeper.SweepAsync();
        var asked = cluster.Provider.WhenAskedAsync("order-1");
        cluster.Time.AdvanceTo(due!.Value);
        await PaymentCluster.PatientlyAsync(asked);

        Assert.Equal([due.Value], cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Restart_OrderIsReadFirst_ChecksWithoutWaitingForTheSweeper()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores)) await dead.RegisterAsync("order-1");
        await using var cluster = await PaymentCluster.StartAsync(stores);
        cluster.Time.Advance(TimeSpan.FromSeconds(30));
        var asked = cluster.Provider.WhenAskedAsync("order-1");

        await cluster.OrderAsync("order-1");
        cluster.Time.Advance(TimeSpan.FromSeconds(5));

        await PaymentCluster.PatientlyAsync(asked);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    private static async Task LeaveInFlightAsync(PaymentCluster cluster)
    {
        var order = await cluster.RegisterAsync("order-1");
        cluster.Stores.States.Put(order with
        {
            Status = OrderStatus.Paid,
            DueAt = order.DueAt,
            Make = new MakeProgress { Attempts = 1, SentAt = order.DueAt!.Value, IsInFlight = true },
        });
    }
}
