using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>One silo and a client of it, for the test classes that share it.</summary>
public abstract class EngineCluster : IAsyncLifetime
{
    private TestCluster? _cluster;

    /// <summary>Calls through it come from outside the silo.</summary>
    public IClusterClient Client => Cluster.Client;

    /// <summary>The services of the silo's host.</summary>
    public IServiceProvider Services => Cluster.GetSiloServiceProvider(Cluster.Silos[0].SiloAddress);

    public Probe Probe => Services.GetRequiredService<Probe>();

    public IManagementGrain Management => Client.GetGrain<IManagementGrain>(0);

    protected TestCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not started.");

    public virtual async Task InitializeAsync()
    {
        var builder = new TestClusterBuilder(initialSilosCount: 1);
        builder.Options.ConfigureFileLogging = false;
        Configure(builder);
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (Cluster.Silos.Count > 0)
            await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    protected abstract void Configure(TestClusterBuilder builder);
}

/// <summary>A cluster whose silo is set up by <typeparamref name="TSilo"/>.</summary>
public abstract class EngineCluster<TSilo> : EngineCluster
    where TSilo : ISiloConfigurator, new()
{
    protected override void Configure(TestClusterBuilder builder) => builder.AddSiloBuilderConfigurator<TSilo>();
}

/// <summary>A test of what Orleans promises.</summary>
public abstract class EngineTests(EngineCluster cluster)
{
    protected Probe Probe => cluster.Probe;

    protected IClusterClient Client => cluster.Client;

    protected IManagementGrain Management => cluster.Management;

    protected static TimeSpan Patience => Probe.Patience;

    /// <summary>A key that no other test uses.</summary>
    protected static string NewKey() => Guid.NewGuid().ToString("N");
}
