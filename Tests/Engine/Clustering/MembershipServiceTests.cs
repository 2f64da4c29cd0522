namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>What a silo's services hear of the other silos.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/implementation/cluster-management"/>
/// <seealso href="https://learn.microsoft.com/dotnet/api/orleans.runtime.iclustermembershipservice"/>
public sealed class MembershipServiceTests
{
    [Fact]
    public async Task CurrentSnapshot_SilosStarted_HasThemAllActive()
    {
        await using var silos = await SilosCluster.StartAsync();
        var addresses = silos.Cluster.Silos.Select(silo => silo.SiloAddress).ToHashSet();

        var snapshot = ServiceOf(silos, index: 0).CurrentSnapshot;

        Assert.Equal(addresses, snapshot.Members.Keys.ToHashSet());
        Assert.All(addresses, silo => Assert.Equal(SiloStatus.Active, snapshot.GetSiloStatus(silo)));
    }

    [Fact]
    public async Task MembershipUpdates_SiloStopped_TellThatItIsDead()
    {
        await using var silos = await SilosCluster.StartAsync();
        var stopped = silos.Cluster.Silos[2];
        var hearing = WhenDeadAsync(ServiceOf(silos, index: 0), stopped.SiloAddress);

        await silos.Cluster.StopSiloAsync(stopped);

        await hearing.WaitAsync(Probe.Patience);
    }

    [Fact]
    public async Task MembershipUpdates_SiloKilled_TellThatItIsDead()
    {
        await using var silos = await SilosCluster.StartAsync();
        var killed = silos.Cluster.Silos[2];
        var hearing = WhenDeadAsync(ServiceOf(silos, index: 0), killed.SiloAddress);

        await silos.Cluster.KillSiloAsync(killed);

        await hearing.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static IClusterMembershipService ServiceOf(SilosCluster silos, int index) =>
        silos.Cluster.GetSiloServiceProvider(silos.Cluster.Silos[index].SiloAddress)
            .GetRequiredService<IClusterMembershipService>();

    private static async Task WhenDeadAsync(IClusterMembershipService membership, SiloAddress silo)
    {
        await foreach (var snapshot in membership.MembershipUpdates)
        {
            if (snapshot.GetSiloStatus(silo) == SiloStatus.Dead) return;
        }
    }
}
