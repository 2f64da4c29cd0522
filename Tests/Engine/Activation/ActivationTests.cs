namespace CoffeePayment.Tests.Engine;

/// <summary>When grains come to life.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-lifecycle"/>
[Collection(PlainEngine.Name)]
public sealed class ActivationTests(PlainCluster cluster) : EngineTests(cluster)
{
    [Fact]
    public async Task Reference_NeverCalled_ActivatesNothing()
    {
        var key = NewKey();

        var grain = Client.GetGrain<IActivatedGrain>(key);
        await Client.GetGrain<IActivatedGrain>(NewKey()).GetInstanceAsync();

        Assert.Equal(key, grain.GetPrimaryKeyString());
        Assert.Empty(Probe.Happened(key));
    }

    [Fact]
    public async Task FirstCall_NoActivation_ActivatesBeforeTheMethodRuns()
    {
        var key = NewKey();

        await Client.GetGrain<IActivatedGrain>(key).GetInstanceAsync();

        Assert.Equal(["created", "activated", "called"], Probe.Happened(key));
    }

    [Fact]
    public async Task Activation_AwaitsInOnActivate_CallsWaitForItsEnd()
    {
        var key = NewKey();
        var grain = Client.GetGrain<ISlowlyActivatedGrain>(key);
        var call = grain.CallAsync();
        await Probe.NextAsync(key);

        Probe.Open(key);
        await call.WaitAsync(Patience);

        Assert.Equal(["activating", "activated", "called"], Probe.Happened(key));
    }

    [Fact]
    public async Task LaterCalls_SameKey_ReachTheSameActivation()
    {
        var grain = Client.GetGrain<IActivatedGrain>(NewKey());

        var first = await grain.GetInstanceAsync();
        var second = await grain.GetInstanceAsync();

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task ManyReferences_SameKeyAtOnce_ShareOneActivation()
    {
        var key = NewKey();

        var instances = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Client.GetGrain<IActivatedGrain>(key).GetInstanceAsync()));

        Assert.Single(instances.Distinct());
        Assert.Equal(1, Probe.Happened(key).Count(happening => happening == "activated"));
    }

    [Fact]
    public async Task DifferentKeys_SameClass_AreDifferentActivations()
    {
        var instances = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Client.GetGrain<IActivatedGrain>(NewKey()).GetInstanceAsync()));

        Assert.Equal(20, instances.Distinct().Count());
    }

    [Fact]
    public async Task OnActivate_Throws_CallerGetsItsException()
    {
        var key = NewKey();
        Probe.TellToFail(key, times: 1);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Client.GetGrain<IActivatedGrain>(key).GetInstanceAsync());

        Assert.Contains($"{key} was told to fail", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("called", Probe.Happened(key));
    }

    [Fact]
    public async Task OnActivate_ThrewOnce_NextCallActivatesAnew()
    {
        var key = NewKey();
        var grain = Client.GetGrain<IActivatedGrain>(key);
        Probe.TellToFail(key, times: 1);
        await Assert.ThrowsAsync<InvalidOperationException>(grain.GetInstanceAsync);

        await grain.GetInstanceAsync();

        Assert.Equal(["created", "created", "activated", "called"], Probe.Happened(key));
    }

    [Fact]
    public async Task Constructor_Throws_CallerGetsItsException()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Client.GetGrain<IUnconstructableGrain>(NewKey()).CallAsync());

        Assert.Contains("cannot be constructed", error.ToString(), StringComparison.Ordinal);
    }
}
