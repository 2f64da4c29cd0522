using System.Collections.Concurrent;
using Orleans.Placement;

namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>What a grain that has to go can still do for the one that follows it.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-lifecycle"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-placement"/>
public sealed class HeirTests
{
    [Fact]
    public async Task CallToItself_FromOnDeactivateOfASiloThatStops_RunsOnTheNextActivation()
    {
        await using var silos = await SilosCluster.StartAsync();
        var keys = Enumerable.Range(0, 30).Select(_ => Guid.NewGuid().ToString("N")).ToList();
        foreach (var key in keys) await silos.Client.GetGrain<IHeirGrain>(key).LiveAsync();
        var leaving = silos.Cluster.Silos[2];
        var leftBehind = keys.Where(key => HeirGrain.Homes[key].Equals(leaving.SiloAddress)).ToList();

        await silos.Cluster.StopSiloAsync(leaving);

        Assert.NotEmpty(leftBehind);
        foreach (var key in leftBehind)
        {
            var heir = await HeirGrain.TakenUp(key).WaitAsync(Probe.Patience);
            Assert.NotEqual(leaving.SiloAddress, heir);
        }
    }

    [Fact]
    public async Task HashBasedPlacement_ManyGrains_SpreadsThemOverTheSilos()
    {
        await using var silos = await SilosCluster.StartAsync();
        var keys = Enumerable.Range(0, 300).Select(_ => Guid.NewGuid().ToString("N")).ToList();

        await Task.WhenAll(keys.Select(key => silos.Client.GetGrain<IHeirGrain>(key).LiveAsync()));

        var homes = keys.CountBy(key => HeirGrain.Homes[key]).ToDictionary();
        Assert.Equal(3, homes.Count);
        Assert.All(homes.Values, grains => Assert.InRange(grains, 50, 150));
    }
}

[Alias("CoffeePayment.Tests.IHeirGrain")]
public interface IHeirGrain : IGrainWithStringKey
{
    Task LiveAsync();

    Task TakeUpAsync();
}

/// <summary>A grain that hands over what it did, when its silo stops.</summary>
[HashBasedPlacement]
public sealed class HeirGrain(ILocalSiloDetails silo) : Grain, IHeirGrain
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<SiloAddress>> Heirs = new();

    /// <summary>Where each grain lived.</summary>
    public static ConcurrentDictionary<string, SiloAddress> Homes { get; } = new();

    private string Key => this.GetPrimaryKeyString();

    /// <summary>The silo on which the grain was taken up.</summary>
    public static Task<SiloAddress> TakenUp(string key) => HeirOf(key).Task;

    public Task LiveAsync()
    {
        Homes[Key] = silo.SiloAddress;
        return Task.CompletedTask;
    }

    public Task TakeUpAsync()
    {
        HeirOf(Key).TrySetResult(silo.SiloAddress);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown)
            _ = this.AsReference<IHeirGrain>().TakeUpAsync();

        return Task.CompletedTask;
    }

    private static TaskCompletionSource<SiloAddress> HeirOf(string key) => Heirs.GetOrAdd(
        key, static _ => new TaskCompletionSource<SiloAddress>(TaskCreationOptions.RunContinuationsAsynchronously));
}
