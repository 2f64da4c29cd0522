namespace CoffeePayment.Tests.Engine;

/// <summary>How activations end when they or an operator want it; nothing sent to them meanwhile is lost.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-lifecycle"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/activation-collection"/>
[Collection(PlainEngine.Name)]
public sealed class DeactivationTests(PlainCluster cluster) : EngineTests(cluster)
{
    private string Key { get; } = NewKey();

    private IDeactivatedGrain Grain => Client.GetGrain<IDeactivatedGrain>(Key);

    [Fact]
    public async Task DeactivateOnIdle_FromACall_EndsTheActivationAfterIt()
    {
        await Grain.DeactivateAsync(null);
        await HappenedAsync(5);

        Assert.Equal(
            ["activated", "asked", "call ends", "deactivating: ApplicationRequested", "deactivated"],
            Probe.Happened(Key));
    }

    [Fact]
    public async Task DeactivateOnIdle_CallThatAskedGoesOn_EndsTheActivationOnlyAfterIt()
    {
        var call = Grain.DeactivateAsync(Key);
        await HappenedAsync(2);

        Probe.Open(Key);
        await call.WaitAsync(Patience);
        await HappenedAsync(3);

        Assert.Equal(
            ["activated", "asked", "call ends", "deactivating: ApplicationRequested", "deactivated"],
            Probe.Happened(Key));
    }

    [Fact]
    public async Task DeactivateOnIdle_FromATimer_EndsTheActivation()
    {
        await Grain.DeactivateFromTimerAsync();
        await HappenedAsync(3);

        Assert.Equal(["activated", "deactivating: ApplicationRequested", "deactivated"], Probe.Happened(Key));
    }

    [Fact]
    public async Task DeactivateOnIdle_CallThatAskedWaitsForATick_TicksBeforeTheEnd()
    {
        await Grain.DeactivateAndAwaitTickAsync().WaitAsync(Patience);
        await HappenedAsync(6);

        Assert.Equal(
            ["activated", "asked", "tick", "call ends", "deactivating: ApplicationRequested", "deactivated"],
            Probe.Happened(Key));
    }

    [Fact]
    public async Task NextCall_AfterDeactivation_ReachesANewActivation()
    {
        var first = await Grain.GetInstanceAsync();
        await Grain.DeactivateAsync(null);

        var second = await Grain.GetInstanceAsync();

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Calls_WaitingWhenTheGrainAsksForDeactivation_AllRunOnOneNewActivation()
    {
        var first = await Grain.GetInstanceAsync();
        var asking = Grain.DeactivateAsync(Key);
        await HappenedAsync(2);
        var waiting = Enumerable.Range(0, 50).Select(_ => Grain.GetInstanceAsync()).ToList();

        Probe.Open(Key);
        await asking.WaitAsync(Patience);
        var instances = await Task.WhenAll(waiting).WaitAsync(Patience);

        Assert.Single(instances.Distinct());
        Assert.NotEqual(first, instances[0]);
        Assert.Equal(2, Probe.Happened(Key).Count(happening => happening == "activated"));
    }

    [Fact]
    public async Task Calls_DuringOnDeactivate_WaitForItsEndAndReachANewActivation()
    {
        var first = await Grain.GetInstanceAsync();
        await Grain.WaitInOnDeactivateAsync(Key);
        await Grain.DeactivateAsync(null);
        await HappenedAsync(4);
        var calls = Enumerable.Range(0, 20).Select(_ => Grain.GetInstanceAsync()).ToList();

        Probe.Open(Key);
        var instances = await Task.WhenAll(calls).WaitAsync(Patience);

        Assert.Single(instances.Distinct());
        Assert.NotEqual(first, instances[0]);
        Assert.Equal(
            ["activated", "asked", "call ends", "deactivating: ApplicationRequested", "deactivated", "activated"],
            Probe.Happened(Key));
    }

    [Fact]
    public async Task DeactivateOnIdle_WhileActivating_IsNeitherCalledNorToldOfItsEnd()
    {
        var call = Client.GetGrain<IUnwillingGrain>(Key).CallAsync().WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<OrleansException>(() => call);
        Assert.All(Probe.Happened(Key), happening => Assert.Equal("activated", happening));
        Assert.NotEmpty(Probe.Happened(Key));
    }

    [Fact]
    public async Task OnDeactivate_Throws_NextCallStillReachesANewActivation()
    {
        var first = await Grain.GetInstanceAsync();
        await Grain.FailInOnDeactivateAsync();
        await Grain.DeactivateAsync(null);

        var second = await Grain.GetInstanceAsync().WaitAsync(Patience);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task OnDeactivate_CallsAnotherGrain_GetsItsAnswer()
    {
        await Grain.CallFromOnDeactivateAsync(NewKey());

        await Grain.DeactivateAsync(null);
        await HappenedAsync(5);

        Assert.Equal("deactivated", Probe.Happened(Key)[^1]);
    }

    [Fact]
    public async Task ForceActivationCollection_IdleGrain_EndsItAsIdle()
    {
        await Grain.GetInstanceAsync();

        await Management.ForceActivationCollection(TimeSpan.Zero);
        await HappenedAsync(3);

        Assert.Equal(["activated", "deactivating: ActivationIdle", "deactivated"], Probe.Happened(Key));
    }

    [Fact]
    public async Task ForceActivationCollection_GrainUsedMoreRecently_LeavesIt()
    {
        var first = await Grain.GetInstanceAsync();

        await Management.ForceActivationCollection(TimeSpan.FromMinutes(5));

        Assert.Equal(first, await Grain.GetInstanceAsync());
    }

    [Fact]
    public async Task DelayDeactivation_IdleGrain_IsNotCollected()
    {
        var first = await Grain.GetInstanceAsync();
        await Grain.DelayDeactivationAsync(TimeSpan.FromHours(1));

        await Management.ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal(first, await Grain.GetInstanceAsync());
        Assert.Equal(["activated"], Probe.Happened(Key));
    }

    [Fact]
    public async Task DelayDeactivation_TakenBack_GrainIsCollected()
    {
        await Grain.DelayDeactivationAsync(TimeSpan.FromHours(1));
        await Grain.DelayDeactivationAsync(TimeSpan.Zero);

        await Management.ForceActivationCollection(TimeSpan.Zero);
        await HappenedAsync(3);

        Assert.Equal("deactivated", Probe.Happened(Key)[^1]);
    }

    private async Task HappenedAsync(int more)
    {
        for (var i = 0; i < more; i++)
            await Probe.NextAsync(Key);
    }
}
