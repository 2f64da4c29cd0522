using System.Collections.ObjectModel;
using CoffeePayment.Engine.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster in the process of a test: silos and a client.</summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly LocalCluster _cluster;

    internal TestCluster(TestClusterOptions options, IReadOnlyList<IConfigurationSource> configurationSources)
    {
        Options = options;
        ConfigurationSources = configurationSources;
        _cluster = new LocalCluster(options.InitialSilosCount, BuildSilo, BuildClient);
    }

    public TestClusterOptions Options { get; }

    public IReadOnlyList<IConfigurationSource> ConfigurationSources { get; }

    public IClusterClient Client => _cluster.Client;

    public IGrainFactory GrainFactory => Client;

    /// <summary>The client's services; <see cref="GetSiloServiceProvider"/> has the silo's.</summary>
    public IServiceProvider ServiceProvider => Client.ServiceProvider;

    public SiloHandle? Primary => Silos.Count > 0 ? Silos[0] : null;

    public IReadOnlyList<SiloHandle> SecondarySilos => [.. Silos.Skip(1)];

    public ReadOnlyCollection<SiloHandle> Silos => new([.. _cluster.Silos]);

    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    public Task DeployAsync() => _cluster.DeployAsync(Options.InitializeClientOnDeploy);

    public Task InitializeClientAsync() => _cluster.StartClientAsync();

    public Task StopClusterClientAsync() => _cluster.StopClientAsync();

    /// <summary>Ends the client as if it had crashed.</summary>
    public Task KillClientAsync()
    {
        _cluster.KillClient();
        return Task.CompletedTask;
    }

    /// <summary>How long silos with such options need at most until all know of one that came or went.</summary>
    public static TimeSpan GetLivenessStabilizationTime(
        ClusterMembershipOptions clusterMembershipOptions, bool didKill = false)
    {
        var known = clusterMembershipOptions.UseLivenessGossip
            ? TimeSpan.FromSeconds(5)
            : clusterMembershipOptions.TableRefreshTimeout * 2;
        return didKill
            ? known + (clusterMembershipOptions.ProbeTimeout * (clusterMembershipOptions.NumMissedProbesLimit + 1))
            : known;
    }

    /// <summary>Waits that long.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.Delay(_cluster.LivenessTime(didKill));

    public SiloHandle? GetSiloForAddress(SiloAddress siloAddress) => _cluster.Find(siloAddress);

    public IEnumerable<SiloHandle> GetActiveSilos() => _cluster.Silos;

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _cluster.SiloAt(silo).ServiceProvider;

    public Task StopSiloAsync(SiloHandle instance) => _cluster.StopSiloAsync(instance, gracefully: true);

    /// <summary>Ends the silo as if it had crashed: no grain is told.</summary>
    public Task KillSiloAsync(SiloHandle instance) => _cluster.StopSiloAsync(instance, gracefully: false);

    /// <param name="startAdditionalSiloOnNewPort">Every silo has ports of its own either way.</param>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) =>
        await _cluster.StartAdditionalSiloAsync();

    public async Task<List<SiloHandle>> StartAdditionalSilosAsync(
        int silosToStart, bool startAdditionalSiloOnNewPort = false) =>
        [.. await _cluster.StartAdditionalSilosAsync(silosToStart)];

    public async Task<SiloHandle> RestartSiloAsync(SiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await _cluster.StartSiloAsync(instance.InstanceNumber);
    }

    public async Task StopPrimarySiloAsync()
    {
        if (Primary is { } primary) await StopSiloAsync(primary);
    }

    public async Task StopSecondarySilosAsync()
    {
        foreach (var silo in SecondarySilos) await StopSiloAsync(silo);
    }

    public void StopAllSilos() => StopAllSilosAsync().GetAwaiter().GetResult();

    public Task StopAllSilosAsync() => _cluster.StopAllSilosAsync();

    public Task DeactivateAsync(GrainId grainId) => _cluster.DeactivateAsync(grainId);

    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain.GetGrainId());

    public Task WaitForDeactivationAsync(GrainId grainId) => _cluster.WaitForDeactivationAsync(grainId);

    public Task WaitForDeactivationAsync(IAddressable grain) => _cluster.WaitForDeactivationAsync(grain.GetGrainId());

    public bool TryGetGrainContext(GrainId grainId, out IGrainContext? grainContext) =>
        _cluster.TryGetGrainContext(grainId, out grainContext);

    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _cluster.DisposeAsync();
    }

    private static IEnumerable<T> Make<T>(List<string> types) =>
        types.Select(name => Activator.CreateInstance(Type.GetType(name, throwOnError: true)!)).OfType<T>();

    private IHost BuildSilo(int instanceNumber)
    {
        var builder = Builder();
        foreach (var configurator in Make<IHostConfigurator>(Options.SiloBuilderConfiguratorTypes))
            configurator.Configure(builder);
        return builder.UseOrleans(silo =>
        {
            _cluster.AddSilo(silo.Services);
            silo.Configure<SiloOptions>(
                options => options.SiloName = instanceNumber == 0 ? "Primary" : $"Secondary_{instanceNumber}");
            ConfigureCluster(silo.Services);
            foreach (var configurator in Make<ISiloConfigurator>(Options.SiloBuilderConfiguratorTypes))
                configurator.Configure(silo);
        }).Build();
    }

    private IHost BuildClient() => Builder().ConfigureServices((context, services) =>
    {
        ConfigureCluster(services);
        var client = new ClientBuilder(services, context.Configuration);
        foreach (var configurator in Make<IClientBuilderConfigurator>(Options.ClientBuilderConfiguratorTypes))
            configurator.Configure(context.Configuration, client);
        _cluster.AddClient(services);
    }).Build();

    private HostBuilder Builder()
    {
        var builder = new HostBuilder();
        builder.ConfigureHostConfiguration(configuration =>
        {
            foreach (var source in ConfigurationSources) configuration.Add(source);
        });
        return builder;
    }

    private void ConfigureCluster(IServiceCollection services) => services.Configure<ClusterOptions>(options =>
    {
        options.ClusterId = Options.ClusterId;
        options.ServiceId = Options.ServiceId;
    });
}
