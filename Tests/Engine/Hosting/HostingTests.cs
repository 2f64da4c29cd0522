using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CoffeePayment.Tests.Engine;

/// <summary>What a silo's host gives to grains, and grains to the host.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/client"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/"/>
[Collection(PlainEngine.Name)]
public sealed class HostingTests(PlainCluster cluster) : EngineTests(cluster)
{
    private readonly IServiceProvider _services = cluster.Services;

    [Fact]
    public async Task Constructor_OfAGrain_GetsServicesKeyedOnesIncluded()
    {
        var serviceId = _services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;

        var injected = await Client.GetGrain<IInjectedGrain>(NewKey()).GetInjectedAsync();

        Assert.Equal($"sweet bitter True {serviceId}", injected);
    }

    [Fact]
    public async Task ClusterClient_OfTheSilosHost_CallsGrains()
    {
        var key = NewKey();
        var client = _services.GetRequiredService<IClusterClient>();

        var instance = await client.GetGrain<IActivatedGrain>(key).GetInstanceAsync();

        Assert.Equal(instance, await Client.GetGrain<IActivatedGrain>(key).GetInstanceAsync());
    }

    [Fact]
    public async Task GrainFactory_OfTheSilosHost_CallsGrains()
    {
        var key = NewKey();
        var grains = _services.GetRequiredService<IGrainFactory>();

        var instance = await grains.GetGrain<IActivatedGrain>(key).GetInstanceAsync();

        Assert.Equal(instance, await Client.GetGrain<IActivatedGrain>(key).GetInstanceAsync());
    }

    [Fact]
    public void TimeProvider_Keyed_IsTheSystemsUnlessReplaced()
    {
        var clock = _services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Grains);

        Assert.Same(TimeProvider.System, clock);
    }
}

/// <summary>A clock given to grains is theirs alone.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/api/orleans.runtime.timeprovidernames"/>
[Collection(VirtualTimeEngine.Name)]
public sealed class GrainClockTests(VirtualTimeCluster cluster) : EngineTests(cluster)
{
    [Fact]
    public async Task TimeProvider_KeyedForGrains_IsWhatGrainsAreGiven()
    {
        var clock = cluster.Timers;
        clock.Advance(TimeSpan.FromDays(1));

        var time = await Client.GetGrain<IClockGrain>(NewKey()).GetTimeAsync();

        Assert.Equal(clock.GetUtcNow(), time);
    }
}
