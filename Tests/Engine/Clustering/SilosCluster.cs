using Orleans.Configuration;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>Three silos that notice within seconds when one of them is gone, for one test alone.</summary>
public sealed class SilosCluster : IAsyncDisposable
{
    private readonly TestCluster _cluster;

    private SilosCluster(TestCluster cluster) => _cluster = cluster;

    public IClusterClient Client => _cluster.Client;

    public TestCluster Cluster => _cluster;

    public static async Task<SilosCluster> StartAsync()
    {
        var builder = new TestClusterBuilder(initialSilosCount: 3);
        builder.Options.ConfigureFileLogging = false;
        builder.AddSiloBuilderConfigurator<Silo>();
        builder.AddClientBuilderConfigurator<ClientSide>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SilosCluster(cluster);
    }

    public IHomeGrain Grain(string key) => Client.GetGrain<IHomeGrain>(key);

    /// <summary>Where each of so many grains lives.</summary>
    public async Task<Dictionary<string, SiloAddress>> FindAsync(IEnumerable<string> keys)
    {
        var homes = await Task.WhenAll(keys.Select(async key => (key, Home: await Grain(key).WhereAsync())));
        return homes.ToDictionary(home => home.key, home => home.Home);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) =>
            siloBuilder.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(1);
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            });
    }

    private sealed class ClientSide : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.Configure<GatewayOptions>(gateways =>
                gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
    }
}
