namespace CoffeePayment.Tests.Grains;

/// <summary>What the sweeper does when a silo is declared dead.</summary>
public class TakeoverTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task TakeOver_OrderNotDueYet_IsCheckedWhenItIsDue()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores)) await dead.RegisterAsync("order-1");
        await using var cluster = await PaymentCluster.StartAsync(stores);
        var due = stores.Pending.DueOf("order-1")!.Value;
        cluster.Time.Advance(Instant);

        await cluster.Sweeper.TakeOverAsync("dead-silo");
        var asked = cluster.Provider.WhenAskedAsync("order-1");
        cluster.Time.AdvanceTo(due);
        await PaymentCluster.PatientlyAsync(asked);

        Assert.Equal([due], cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task TakeOver_OrdersOverdue_AreSpreadOverAnIntervalLongestOverdueFirst()
    {
        var stores = new Stores();
        await using (var dead = await PaymentCluster.StartAsync(stores))
        {
            for (var i = 0; i < 5; i++)
            {
                await dead.RegisterAsync($"order-{i}");
                dead.Time.Advance(100 * Instant);
            }
        }

        await using var cluster = await PaymentCluster.StartAsync(stores);
        cluster.Time.Advance(TimeSpan.FromSeconds(6));
        var takenOver = cluster.Time.GetUtcNow();
        var asked = Enumerable.Range(0, 5).Select(i => cluster.Provider.WhenAskedAsync($"order-{i}")).ToList();
        await cluster.Sweeper.TakeOverAsync("dead-silo");
        for (var i = 0; i < 5; i++)
        {
            cluster.Time.AdvanceTo(takenOver + TimeSpan.FromSeconds(i));
            await PaymentCluster.PatientlyAsync(asked[i]);
        }

        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => ($"order-{i}", takenOver + TimeSpan.FromSeconds(i))),
            cluster.Provider.Asks.DistinctBy(ask => ask.OrderId));
    }

    [Fact]
    public async Task TakeUp_AfterASweepThatPutTheCheckOff_ChecksAtOnce()
    {
        var stores = new Stores();
        await using (var left = await PaymentCluster.StartAsync(stores))
        {
            await left.RegisterAsync("order-1");
            left.Time.Advance(Instant);
            await left.RegisterAsync("order-2");
        }

        await using var cluster = await PaymentCluster.StartAsync(stores);
        cluster.Time.Advance(TimeSpan.FromSeconds(6));
        var takenOver = cluster.Time.GetUtcNow();
        await cluster.Sweeper.TakeOverAsync("left-silo");
        var asked = cluster.Provider.WhenAskedAsync("order-2");
        await cluster.Grain("order-2").TakeUpAsync();
        await PaymentCluster.PatientlyAsync(asked);

        Assert.Equal([takenOver], cluster.Provider.AsksFor("order-2"));
    }

    [Fact]
    public async Task TakeOver_OrderIsLookedAfter_LeavesItAlone()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var order = await cluster.RegisterAsync("order-1");
        cluster.Time.Advance(Instant);

        await cluster.Sweeper.TakeOverAsync("dead-silo");
        var asked = cluster.Provider.WhenAskedAsync("order-1");
        cluster.Time.AdvanceTo(order.DueAt!.Value);
        await PaymentCluster.PatientlyAsync(asked);
        await cluster.SettleAsync("order-1");

        Assert.Equal([order.DueAt.Value], cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task TakeOver_AskedByEverySilo_SweepsOnce()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.Sweeper.TakeOverAsync("dead-silo");
        var swept = cluster.WhenSweptAsync();

        await cluster.Sweeper.TakeOverAsync("dead-silo");
        var isSweptForTheSame = swept.IsCompleted;
        await cluster.Sweeper.TakeOverAsync("another-dead-silo");

        Assert.False(isSweptForTheSame);
        Assert.True(swept.IsCompleted);
    }

    [Fact]
    public async Task TakeOver_AnIntervalLater_SweepsOnceMore()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.Sweeper.TakeOverAsync("dead-silo");
        var again = cluster.WhenSweptAsync();

        cluster.Time.Advance(Interval - Instant);
        await cluster.Sweeper.TakeOverAsync("dead-silo");
        var isEarly = again.IsCompleted;
        cluster.Time.Advance(Instant);
        await PaymentCluster.PatientlyAsync(again);

        Assert.False(isEarly);
    }

    [Fact]
    public async Task TakeOver_OrderIsDueLater_LeavesItToSweepsWithoutGraceForASlowInterval()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.Sweeper.TakeOverAsync("dead-silo");

        cluster.Time.Advance(SlowInterval);
        await cluster.Stores.Indexes.ScheduleAsync("order-1", cluster.Time.GetUtcNow() - Instant);
        var within = await cluster.Sweeper.SweepAsync();
        cluster.Time.Advance(SweepPeriod);
        await cluster.Stores.Indexes.ScheduleAsync("order-1", cluster.Time.GetUtcNow() - Instant);
        var beyond = await cluster.Sweeper.SweepAsync();

        Assert.Equal(1, within.Overdue);
        Assert.Equal(0, beyond.Overdue);
    }

    [Fact]
    public async Task TakeOver_IndexFails_CanBeAskedForAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        cluster.Stores.Pending.IsDown = true;
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Sweeper.TakeOverAsync("dead-silo"));

        cluster.Stores.Pending.IsDown = false;
        var swept = cluster.WhenSweptAsync();
        await cluster.Sweeper.TakeOverAsync("dead-silo");

        Assert.True(swept.IsCompleted);
    }
}
