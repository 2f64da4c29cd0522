using CoffeePayment.Engine.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace CoffeePayment.Engine.Testing;

/// <summary>
/// What both kinds of test clusters are: one silo and one client, each in a host of its own, in this process.
/// </summary>
internal sealed class LocalCluster(int siloCount, Func<int, IHost> buildSilo, Func<IHost> buildClient)
    : IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];
    private IHost? _clientHost;

    public IReadOnlyList<InProcessSiloHandle> Silos => _silos;

    public IClusterClient Client =>
        _clientHost?.Services.GetRequiredService<IClusterClient>()
            ?? throw new InvalidOperationException("The cluster has no client now.");

    public async Task DeployAsync(bool withClient)
    {
        if (siloCount != 1)
        {
            throw new NotSupportedException(
                $"A test cluster of the embedded engine has one silo for now, not {siloCount}.");
        }

        await StartSiloAsync(0);
        if (withClient) await StartClientAsync();
    }

    public async Task StartClientAsync()
    {
        _clientHost = buildClient();
        await _clientHost.StartAsync();
    }

    public async Task StopClientAsync()
    {
        if (Interlocked.Exchange(ref _clientHost, null) is not { } host) return;
        await host.StopAsync();
        host.Dispose();
    }

    public async Task<InProcessSiloHandle> StartSiloAsync(int instanceNumber)
    {
        var host = buildSilo(instanceNumber);
        await host.StartAsync();
        var silo = new InProcessSiloHandle(host) { InstanceNumber = (short)instanceNumber };
        _silos.Add(silo);
        return silo;
    }

    public async Task StopSiloAsync(SiloHandle silo, bool gracefully)
    {
        await silo.StopSiloAsync(gracefully);
        _silos.Remove((InProcessSiloHandle)silo);
        if (_silos.Count == 0 && _clientHost is not null)
            _clientHost.Services.GetRequiredService<Caller>().Pending.FailAll(
                new SiloUnavailableException("The silo has ended."));
    }

    public async Task StopAllSilosAsync()
    {
        foreach (var silo in _silos.ToArray()) await StopSiloAsync(silo, gracefully: true);
    }

    public InProcessSiloHandle Silo(SiloAddress? address) =>
        _silos.Find(silo => address is null || silo.SiloAddress.Equals(address))
        ?? throw new ArgumentException($"There is no silo {address} in the cluster.", nameof(address));

    public Task DeactivateAsync(GrainId grainId)
    {
        if (!TryGetGrainContext(grainId, out var context)) return Task.CompletedTask;
        context!.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The test asked for it."));
        return context.Deactivated;
    }

    public Task WaitForDeactivationAsync(GrainId grainId) =>
        TryGetGrainContext(grainId, out var context) ? context!.Deactivated : Task.CompletedTask;

    public bool TryGetGrainContext(GrainId grainId, out IGrainContext? grainContext)
    {
        grainContext = _silos.Select(silo => silo.Silo.Catalog.Find(grainId)).FirstOrDefault(it => it is not null);
        return grainContext is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllSilosAsync();
        await StopClientAsync();
    }

    /// <summary>Adds the client's own services to its host.</summary>
    public void AddClient(IServiceCollection services)
    {
        services.AddSingleton(provider => new Caller(
            new ClientTransport(() => _silos.FirstOrDefault()?.Silo),
            provider.GetRequiredService<IOptions<ClientMessagingOptions>>().Value,
            Hosting.TimeProviders.TimeOf(provider, TimeProviderNames.Messaging)));
        services.AddSingleton<IClusterClient>(provider =>
            new GrainFactory(provider.GetRequiredService<Caller>(), () => Silo(null).Silo.Classes, provider));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
    }
}
