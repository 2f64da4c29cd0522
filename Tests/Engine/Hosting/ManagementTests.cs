using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>What operators can ask about a cluster.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/api/orleans.runtime.imanagementgrain"/>
public sealed class ManagementTests(ManagementTests.ManagedCluster cluster)
    : EngineTests(cluster), IClassFixture<ManagementTests.ManagedCluster>
{
    private readonly SiloAddress _silo = cluster.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    [Fact]
    public async Task GetHosts_OneSilo_IsActive()
    {
        var hosts = await Management.GetHosts(onlyActive: true);

        var host = Assert.Single(hosts);
        Assert.Equal(_silo, host.Key);
        Assert.Equal(SiloStatus.Active, host.Value);
    }

    [Fact]
    public async Task GetDetailedHosts_OneSilo_IsActive()
    {
        var hosts = await Management.GetDetailedHosts(onlyActive: true);

        var host = Assert.Single(hosts);
        Assert.Equal(_silo, host.SiloAddress);
        Assert.Equal(SiloStatus.Active, host.Status);
    }

    [Fact]
    public async Task GetTotalActivationCount_GrainsActivated_CountsThem()
    {
        var before = await Management.GetTotalActivationCount();

        await ActivateAsync(7);

        Assert.Equal(before + 7, await Management.GetTotalActivationCount());
    }

    [Fact]
    public async Task GetSimpleGrainStatistics_GrainsActivated_CountsThemByClass()
    {
        var before = await CountAsync();

        await ActivateAsync(5);

        Assert.Equal(before + 5, await CountAsync());
    }

    [Fact]
    public async Task GetActiveGrains_OfAType_NamesThoseActive()
    {
        var grain = Client.GetGrain<IStringIdentityGrain>(NewKey());
        Client.GetGrain<IStringIdentityGrain>(NewKey());
        await grain.GetIdentityAsync();

        var active = await Management.GetActiveGrains(grain.GetGrainId().Type);

        Assert.Equal([grain.GetGrainId()], active);
    }

    [Fact]
    public async Task GetActivationAddress_ActiveGrain_IsItsSilo()
    {
        var grain = Client.GetGrain<ICountedGrain>(NewKey());

        var before = await Management.GetActivationAddress(grain);
        await grain.TouchAsync();
        var after = await Management.GetActivationAddress(grain);

        Assert.Null(before);
        Assert.Equal(_silo, after);
    }

    [Fact]
    public async Task ForceActivationCollection_OfTheSilo_EndsWhatIsIdle()
    {
        var grain = Client.GetGrain<IActivatedGrain>(NewKey());
        var first = await grain.GetInstanceAsync();

        await Management.ForceActivationCollection([_silo], TimeSpan.Zero);

        Assert.NotEqual(first, await grain.GetInstanceAsync());
    }

    private Task ActivateAsync(int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Client.GetGrain<ICountedGrain>(NewKey()).TouchAsync()));

    private async Task<int> CountAsync()
    {
        var statistics = await Management.GetSimpleGrainStatistics();
        return statistics
            .Where(one => one.GrainType.Split(',')[0] == typeof(CountedGrain).FullName && one.SiloAddress.Equals(_silo))
            .Sum(one => one.ActivationCount);
    }

    public sealed class ManagedCluster : EngineCluster<Silo>;

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services.AddSingleton<Probe>();
    }
}
