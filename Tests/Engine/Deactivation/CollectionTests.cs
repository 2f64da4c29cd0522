namespace CoffeePayment.Tests.Engine;

/// <summary>
/// Activations without work go after the collection age. What must stay is called after a witness has gone, which was
/// allowed a little longer.
/// </summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/activation-collection"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/timers-and-reminders"/>
[Collection(CollectingEngine.Name)]
public sealed class CollectionTests(CollectingCluster cluster) : EngineTests(cluster)
{
    private ICollectedGrain Grain { get; } = cluster.Client.GetGrain<ICollectedGrain>(NewKey());

    [Fact]
    public async Task Grain_IdleForTheCollectionAge_IsDeactivatedAsIdle()
    {
        await Grain.GetActivationsAsync();

        var reason = await Probe.NextAsync(Grain.GetPrimaryKeyString());

        Assert.Equal("ActivationIdle", reason);
        Assert.Equal(2, await Grain.GetActivationsAsync());
    }

    [Fact]
    public async Task Timer_WithoutKeepAlive_DoesNotKeepItsGrain()
    {
        await Grain.StartTimerAsync(TimeSpan.FromMilliseconds(20), keepAlive: false);

        Assert.Equal("ActivationIdle", await Probe.NextAsync(Grain.GetPrimaryKeyString()));
    }

    [Fact]
    public async Task Timer_WithKeepAlive_KeepsItsGrain()
    {
        await Grain.StartTimerAsync(TimeSpan.FromMilliseconds(20), keepAlive: true);

        await WitnessIsCollectedAsync();

        Assert.Equal(1, await Grain.GetActivationsAsync());
    }

    [Fact]
    public async Task CollectionAgeLimit_OnTheClass_ReplacesTheSilosAge()
    {
        var longLived = Client.GetGrain<ILongLivedGrain>(NewKey());
        var first = await longLived.GetInstanceAsync();

        await WitnessIsCollectedAsync();

        Assert.Equal(first, await longLived.GetInstanceAsync());
    }

    [Fact]
    public async Task DelayDeactivation_ForLonger_KeepsTheGrain()
    {
        await Grain.DelayDeactivationAsync(TimeSpan.FromMinutes(1));

        await WitnessIsCollectedAsync();

        Assert.Equal(1, await Grain.GetActivationsAsync());
    }

    [Fact]
    public async Task Grain_WithACallRunning_IsNotIdle()
    {
        var gate = NewKey();
        var call = Grain.WaitAsync(gate);

        await WitnessIsCollectedAsync();
        Probe.Open(gate);
        await call.WaitAsync(Patience);

        Assert.Equal(1, await Grain.GetActivationsAsync());
    }

    private async Task WitnessIsCollectedAsync()
    {
        var witness = Client.GetGrain<ICollectedGrain>(NewKey());
        await witness.DelayDeactivationAsync(TimeSpan.FromSeconds(2));
        await Probe.NextAsync(witness.GetPrimaryKeyString());
    }
}
