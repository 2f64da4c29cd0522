using CoffeePayment.Tests.Engine.Clustering;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// Silos that come and go while calls are made. The embedded engine loses none of them; official Orleans promises less.
/// </summary>
public sealed class HandoverTests
{
    private readonly string[] _keys = [.. Enumerable.Range(0, 300).Select(_ => Guid.NewGuid().ToString("N"))];

    [Fact]
    public async Task StopSilo_DuringCalls_NoCallFails()
    {
        await using var silos = await SilosCluster.StartAsync();
        var homes = await silos.FindAsync(_keys);
        var leaving = silos.Cluster.Silos[1];
        await using var calls = new ConstantCalls(silos, _keys);

        await silos.Cluster.StopSiloAsync(leaving);
        await calls.RoundAsync();

        Assert.Contains(leaving.SiloAddress, homes.Values);
        var now = await silos.FindAsync(_keys);
        Assert.DoesNotContain(leaving.SiloAddress, now.Values);
        Assert.Empty(await calls.StopAsync());
        Assert.All(_keys, key => Assert.Equal(1, HomeGrain.Lives[key].Most));
    }

    [Fact]
    public async Task StartAdditionalSilo_DuringCalls_NoCallFailsAndNoGrainLivesTwice()
    {
        await using var silos = await SilosCluster.StartAsync();
        await silos.FindAsync(_keys);
        await using var calls = new ConstantCalls(silos, _keys);

        await silos.Cluster.StartAdditionalSiloAsync();
        await calls.RoundAsync();

        Assert.Empty(await calls.StopAsync());
        Assert.All(_keys, key => Assert.Equal(1, HomeGrain.Lives[key].Most));
    }
}
