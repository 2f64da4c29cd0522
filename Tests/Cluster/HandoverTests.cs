namespace CoffeePayment.Tests.Cluster;

/// <summary>Silos that come and go in order: their orders go over to others, no check late by an interval.</summary>
[Collection(ManySilos.Name)]
public sealed class HandoverTests
{
    [Fact]
    public async Task Stop_SiloWithOrders_NoneIsLateByMoreThanAnInterval()
    {
        await using var cluster = await OrderCluster.StartAsync();
        var orders = await cluster.RegisterAsync(300);
        var registered = TimeProvider.System.GetUtcNow();
        await cluster.WhenCheckedAsync(orders, registered);
        var stopping = cluster.LastSilo;
        var held = cluster.Checks.HeldBy(stopping.SiloAddress);

        await cluster.StopAsync(stopping);
        var stopped = TimeProvider.System.GetUtcNow();
        await cluster.WhenCheckedAsync(orders, stopped + 2 * OrderCluster.Interval);

        Assert.NotEmpty(held);
        Assert.InRange(cluster.Checks.LongestGap(registered).Gap, TimeSpan.Zero, 2 * OrderCluster.Interval);
    }

    [Fact]
    public async Task Start_AnotherSilo_LosesNothingAndGetsOrdersToo()
    {
        await using var cluster = await OrderCluster.StartAsync();
        var before = await cluster.RegisterAsync(100, "before");

        var another = await cluster.StartAnotherAsync();
        var after = await cluster.RegisterAsync(400, "after");
        await cluster.WhenCheckedAsync([.. before, .. after], TimeProvider.System.GetUtcNow());

        Assert.NotEmpty(cluster.Checks.HeldBy(another.SiloAddress));
    }
}
