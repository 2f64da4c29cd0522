using System.Collections.ObjectModel;
using CoffeePayment.Engine.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster in the process of a test: a silo and a client.</summary>
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

    public ReadOnlyCollection<SiloHandle> Silos => new([.. _cluster.Silos]);

    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    public Task DeployAsync() => _cluster.DeployAsync(Options.InitializeClientOnDeploy);

    public Task InitializeClientAsync() => _cluster.StartClientAsync();

    public Task StopClusterClientAsync() => _cluster.StopClientAsync();

    public IEnumerable<SiloHandle> GetActiveSilos() => _cluster.Silos;

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _cluster.Silo(silo).ServiceProvider;

    public Task StopSiloAsync(SiloHandle instance) => _cluster.StopSiloAsync(instance, gracefully: true);

    /// <summary>Ends the silo as if it had crashed: no grain is told.</summary>
    public Task KillSiloAsync(SiloHandle instance) => _cluster.StopSiloAsync(instance, gracefully: false);

    public async Task<SiloHandle> RestartSiloAsync(SiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await _cluster.StartSiloAsync(instance.InstanceNumber);
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
        _cluster.AddClient(services);
        var client = new ClientBuilder(services, context.Configuration);
        foreach (var configurator in Make<IClientBuilderConfigurator>(Options.ClientBuilderConfiguratorTypes))
            configurator.Configure(context.Configuration, client);
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
