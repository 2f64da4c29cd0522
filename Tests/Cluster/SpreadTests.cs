using CoffeePayment.Tests.Grains;

namespace CoffeePayment.Tests.Cluster;

/// <summary>Where orders live, and that it does not matter to whoever calls.</summary>
[Collection(ManySilos.Name)]
public sealed class SpreadTests
{
    [Fact]
    public async Task Orders_OnThreeSilos_AreSpreadEvenly()
    {
        await using var cluster = await OrderCluster.StartAsync();
        var orders = await cluster.RegisterAsync(600);
        await cluster.WhenCheckedAsync(orders, TimeProvider.System.GetUtcNow());

        var counts = cluster.Silos.Select(silo => cluster.Checks.HeldBy(silo.SiloAddress).Count).ToList();

        Assert.All(counts, count => Assert.InRange(count, 140, 260));
    }

    [Fact]
    public async Task Register_ThroughEverySiloAndTheClient_IsTheSameOrder()
    {
        await using var cluster = await OrderCluster.StartAsync();
        var registration = PaymentCluster.Registration("order-1");
        List<IGrainFactory> ways = [cluster.Client, .. cluster.Silos.Select(cluster.GrainsOf)];

        var results = new List<RegistrationResult>();
        foreach (var way in ways)
            results.Add(await way.GetGrain<IPendingPaymentGrain>("order-1").RegisterAsync(registration));

        Assert.Equal(
            [RegistrationOutcome.Created, .. Enumerable.Repeat(RegistrationOutcome.Existed, 3)],
            results.Select(result => result.Outcome));
        Assert.All(results, result => Assert.Equivalent(results[0].Order, result.Order, strict: true));
    }
}
