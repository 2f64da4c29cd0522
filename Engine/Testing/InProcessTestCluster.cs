using System.Collections.ObjectModel;
using CoffeePayment.Engine.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster in the process of a test: silos and a client.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly LocalCluster _cluster;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _cluster = new LocalCluster(options.InitialSilosCount, BuildSilo, BuildClient);
    }

    public InProcessTestClusterOptions Options { get; }

    public IClusterClient Client => _cluster.Client;

    public ReadOnlyCollection<InProcessSiloHandle> Silos => new([.. _cluster.Silos]);

    public Task DeployAsync() => _cluster.DeployAsync(Options.InitializeClientOnDeploy);

    public Task InitializeClientAsync() => _cluster.StartClientAsync();

    public Task StopClusterClientAsync() => _cluster.StopClientAsync();

    /// <summary>Ends the client as if it had crashed.</summary>
    public Task KillClientAsync()
    {
        _cluster.KillClient();
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="TestCluster.GetLivenessStabilizationTime"/>
    public static TimeSpan GetLivenessStabilizationTime(
        ClusterMembershipOptions clusterMembershipOptions, bool didKill = false) =>
        TestCluster.GetLivenessStabilizationTime(clusterMembershipOptions, didKill);

    /// <summary>Waits that long.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.Delay(_cluster.LivenessTime(didKill));

    public InProcessSiloHandle? GetSiloForAddress(SiloAddress siloAddress) => _cluster.Find(siloAddress);

    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => _cluster.Silos;

    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _cluster.SiloAt(silo).ServiceProvider;

    public Task StopSiloAsync(InProcessSiloHandle instance) => _cluster.StopSiloAsync(instance, gracefully: true);

    /// <summary>Ends the silo as if it had crashed: no grain is told.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => _cluster.StopSiloAsync(instance, gracefully: false);

    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => _cluster.StartAdditionalSiloAsync();

    public Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart) =>
        _cluster.StartAdditionalSilosAsync(silosToStart);

    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await _cluster.StartSiloAsync(instance.InstanceNumber);
    }

    public void StopAllSilos() => StopAllSilosAsync().GetAwaiter().GetResult();

    public Task StopAllSilosAsync() => _cluster.StopAllSilosAsync();

    public Task StopSilosAsync() => _cluster.StopAllSilosAsync();

    public Task DeactivateAsync(GrainId grainId) => _cluster.DeactivateAsync(grainId);

    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain.GetGrainId());

    public Task WaitForDeactivationAsync(GrainId grainId) => _cluster.WaitForDeactivationAsync(grainId);

    public Task WaitForDeactivationAsync(IAddressable grain) => _cluster.WaitForDeactivationAsync(grain.GetGrainId());

    public bool TryGetGrainContext(GrainId grainId, out IGrainContext? grainContext) =>
        _cluster.TryGetGrainContext(grainId, out grainContext);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static HostApplicationBuilder Builder() =>
        new(new HostApplicationBuilderSettings { DisableDefaults = true });

    private IHost BuildSilo(int instanceNumber)
    {
        var specific = new InProcessTestSiloSpecificOptions
        {
            SiloName = $"Silo_{instanceNumber}",
            SiloPort = EndpointOptions.DEFAULT_SILO_PORT + instanceNumber,
            GatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT + instanceNumber,
        };
        var builder = Builder();
        builder.UseOrleans(silo =>
        {
            _cluster.AddSilo(silo.Services);
            ConfigureCluster(silo.Services);
            silo.Configure<SiloOptions>(options => options.SiloName = specific.SiloName);
        });
        foreach (var configure in Options.SiloHostConfigurationDelegates) configure(specific, builder);
        return builder.Build();
    }

    private IHost BuildClient()
    {
        var builder = Builder();
        ConfigureCluster(builder.Services);
        foreach (var configure in Options.ClientHostConfigurationDelegates) configure(builder);
        _cluster.AddClient(builder.Services);
        return builder.Build();
    }

    private void ConfigureCluster(IServiceCollection services) => services.Configure<ClusterOptions>(options =>
    {
        options.ClusterId = Options.ClusterId;
        options.ServiceId = Options.ServiceId;
    });
}
