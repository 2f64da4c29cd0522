using CoffeePayment.Engine.Clients;
using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Reminders;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace CoffeePayment.Engine.Testing;

/// <summary>
/// What both kinds of test clusters are: silos and one client, each in a host of its own, in this process, with a
/// network, a membership table, a reminder table and a memory storage that they share.
/// </summary>
internal sealed class LocalCluster(int siloCount, Func<int, IHost> buildSilo, Func<IHost> buildClient)
    : IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];
    private readonly MemoryHub _hub = new(new ThreadPoolExecutor());
    private readonly MemoryMembershipTable _members = new();
    private readonly MemoryReminderTable _reminders = new();
    private readonly MemoryStates _states = new();
    private IHost? _clientHost;
    private int _started;

    public IReadOnlyList<InProcessSiloHandle> Silos => _silos;

    public IClusterClient Client =>
        _clientHost?.Services.GetRequiredService<IClusterClient>()
            ?? throw new InvalidOperationException("The cluster has no client now.");

    public async Task DeployAsync(bool withClient)
    {
        for (var i = 0; i < siloCount; i++) await StartSiloAsync(i);
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

    /// <summary>Ends the client as if it had crashed.</summary>
    public void KillClient()
    {
        if (Interlocked.Exchange(ref _clientHost, null) is not { } host) return;
        host.Services.GetRequiredService<INetwork>().Kill();
        host.Dispose();
    }

    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() =>
        StartSiloAsync(_silos.Select(silo => silo.InstanceNumber + 1).DefaultIfEmpty(0).Max());

    public async Task<List<InProcessSiloHandle>> StartAdditionalSilosAsync(int count)
    {
        var started = new List<InProcessSiloHandle>();
        while (started.Count < count) started.Add(await StartAdditionalSiloAsync());
        return started;
    }

    public async Task<InProcessSiloHandle> StartSiloAsync(int instanceNumber)
    {
        var host = buildSilo(instanceNumber);
        await host.StartAsync();
        var silo = new InProcessSiloHandle(host) { InstanceNumber = (short)instanceNumber };
        lock (_silos) _silos.Add(silo);

        // Others would find it when they read the list again.
        await RefreshGatewaysAsync();
        return silo;
    }

    public async Task StopSiloAsync(SiloHandle silo, bool gracefully)
    {
        await silo.StopSiloAsync(gracefully);
        lock (_silos) _silos.Remove((InProcessSiloHandle)silo);
    }

    public async Task StopAllSilosAsync()
    {
        foreach (var silo in _silos.ToArray()) await StopSiloAsync(silo, gracefully: true);
    }

    public InProcessSiloHandle? Find(SiloAddress? address) =>
        _silos.Find(silo => address is null || silo.SiloAddress.Equals(address));

    public InProcessSiloHandle SiloAt(SiloAddress? address) => Find(address)
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

    /// <summary>How long the silos need at most until all know of a silo that came or went.</summary>
    public TimeSpan LivenessTime(bool didKill)
    {
        var options = SiloAt(null).ServiceProvider.GetRequiredService<
            Microsoft.Extensions.Options.IOptions<ClusterMembershipOptions>>().Value;
        return TestCluster.GetLivenessStabilizationTime(options, didKill);
    }

    public async ValueTask DisposeAsync()
    {
        await StopClientAsync();
        await StopAllSilosAsync();
    }

    /// <summary>Adds what a silo shares with the others to its host, before anybody else adds to it.</summary>
    public void AddSilo(IServiceCollection services)
    {
        // No two silos ever have one address, however fast they follow each other.
        var number = Interlocked.Increment(ref _started);
        services.PostConfigure<EndpointOptions>(endpoint =>
        {
            endpoint.SiloPort = EndpointOptions.DEFAULT_SILO_PORT + number;
            endpoint.GatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT + number;
        });
        services.TryAddSingleton<IMembershipTable>(_members);

        // A test that turns the grains' clock does not mean to pause the silos.
        services.AddKeyedSingleton(TimeProviderNames.Membership, TimeProvider.System);
        services.TryAddSingleton<IReminderTable>(_reminders);
        services.TryAddSingleton(_states);
        services.AddSingleton<INetwork>(provider => NetworkOf(provider.GetRequiredService<Silo>()));
    }

    /// <summary>Adds the client's own services to its host.</summary>
    public void AddClient(IServiceCollection services)
    {
        services.TryAddSingleton<IGatewayListProvider>(new TableGatewayList(_members));
        services.TryAddSingleton<INetwork>(
            provider => new MemoryNetwork(_hub, ClientServices.IdentityOf(provider)));
        ClientServices.AddTo(services);
    }

    private MemoryNetwork NetworkOf(Silo silo) => new(_hub, silo.NetworkIdentity, silo.GatewayAddress);

    private async Task RefreshGatewaysAsync()
    {
        if (_clientHost?.Services.GetRequiredService<ClientNode>() is { } client)
            await client.Turns.Run(client.Gateways.RefreshAsync);
    }
}
