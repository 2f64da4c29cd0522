namespace CoffeePayment.Tests.Cluster;

/// <summary>A silo that is gone without a word: the others take over once it is declared dead.</summary>
[Collection(ManySilos.Name)]
public sealed class KillTests
{
    [Fact]
    public async Task Kill_SiloWithOrders_AllAreCheckedAgainAndPaidOnesMadeOnce()
    {
        await using var cluster = await OrderCluster.StartAsync();
        var orders = await cluster.RegisterAsync(300);
        await cluster.WhenCheckedAsync(orders, TimeProvider.System.GetUtcNow());
        var killed = cluster.LastSilo;
        var held = cluster.Checks.HeldBy(killed.SiloAddress);

        foreach (var order in held.Take(10)) cluster.Checks.Pay(order);
        var declaredAt = await cluster.KillAsync(killed);
        await cluster.WhenCheckedAsync(held.Skip(10).ToList(), declaredAt);
        var takenOver = TimeProvider.System.GetUtcNow() - declaredAt;
        await cluster.WhenCheckedAsync(held.Skip(10).ToList(), TimeProvider.System.GetUtcNow() + OrderCluster.Interval);

        var commands = cluster.Stores.Journal.Where(entry => entry.StartsWith("make ", StringComparison.Ordinal));
        Assert.InRange(takenOver, TimeSpan.Zero, 2 * OrderCluster.Interval);
        Assert.Equal(held.Take(10).Select(order => $"make {order}").Order(), commands.Order());
    }
}
