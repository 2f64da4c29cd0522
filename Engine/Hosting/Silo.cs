using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Clients;
using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Management;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Engine.Timers;
using CoffeePayment.Engine.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Hosting;

/// <summary>
/// One silo: the parts that carry out grains, put together. Its start and stop are in <see cref="SiloHost"/>.
/// </summary>
internal sealed class Silo : Node, ILocalSiloDetails, IDisposable
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SiloStatus _status = SiloStatus.Created;

    public Silo(
        IServiceProvider services,
        IExecutor executor,
        ServiceLifetimes lifetimes,
        ILoggerFactory loggers,
        IOptions<SiloOptions> silo,
        IOptions<ClusterOptions> cluster,
        IOptions<EndpointOptions> endpoint,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection)
        : base(
            executor,
            services.TimeOf(TimeProviderNames.Messaging),
            new EngineLog(loggers.CreateLogger("CoffeePayment.Engine.Silo")))
    {
        Services = services;
        Lifetimes = lifetimes;
        Cluster = cluster.Value;
        Collection = collection.Value;
        var system = services.TimeOf(TimeProviderNames.ActivationManagement);
        StartedAt = system.GetUtcNow();
        var address = endpoint.Value.AdvertisedIPAddress;
        var generation = SiloAddress.GenerationAt(StartedAt.UtcDateTime);
        SiloAddress = SiloAddress.New(address, endpoint.Value.SiloPort, generation);
        GatewayAddress = SiloAddress.New(address, endpoint.Value.GatewayPort, generation);
        Name = silo.Value.SiloName ?? $"Silo_{SiloAddress.Generation:x}";
        Clock = new Clock(system);
        Timers = new TimerQueue(services.TimeOf(TimeProviderNames.Grains), executor);
        Classes = new GrainClasses(this);
        Catalog = new Catalog(this);
        Transport = new SiloTransport(this);
        Caller = new Caller(Transport, messaging.Value, Time);
        GrainFactory = new GrainFactory(Caller, Classes, services);
        Incoming = new IncomingCalls(this);
        Handover = new Handover(this);
        Fence = new Fence(this);
        Gateway = new Gateway(this);
        Management = new LocalManagement(this);
    }

    public IServiceProvider Services { get; }

    public ServiceLifetimes Lifetimes { get; }

    public ClusterOptions Cluster { get; }

    public GrainCollectionOptions Collection { get; }

    public GrainClasses Classes { get; }

    public Catalog Catalog { get; }

    public ITransport Transport { get; }

    public Caller Caller { get; }

    public override GrainFactory GrainFactory { get; }

    /// <summary>The calls that others make of grains here.</summary>
    public IncomingCalls Incoming { get; }

    public Handover Handover { get; }

    public Fence Fence { get; }

    public Gateway Gateway { get; }

    public LocalManagement Management { get; }

    public override INetwork Network => field ??= Services.GetRequiredService<INetwork>();

    public IMembership Membership => field ??= Services.GetRequiredService<IMembership>();

    /// <summary>The cluster as this silo knows it.</summary>
    public ClusterView View => Membership.Current;

    public override long ViewVersion => View.Version;

    public override SiloAddress Address => SiloAddress;

    /// <summary>The timers of all grains.</summary>
    public TimerQueue Timers { get; }

    /// <summary>The time by which activations are idle.</summary>
    public Clock Clock { get; }

    public DateTimeOffset StartedAt { get; }

    public string Name { get; }

    public string ClusterId => Cluster.ClusterId;

    public string DnsHostName => Environment.MachineName;

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }

    public SiloStatus Status
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>Whether grains that are active here can be called.</summary>
    public bool IsRunning => _status is not SiloStatus.Created and not SiloStatus.Dead;

    /// <summary>Whether grains can get active here.</summary>
    public bool AcceptsActivations => _status is SiloStatus.Joining or SiloStatus.Active;

    public override bool IsEnding => _status is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead;

    /// <summary>Completes if it is killed: nothing that runs in its turns goes on from there.</summary>
    public Task Killed => _killed.Task;

    /// <summary>The status in words, for errors.</summary>
    public string Condition => _status switch
    {
        SiloStatus.Created => "has not started yet",
        SiloStatus.Dead => "has stopped",
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "is stopping",
        _ => "is running",
    };

    public override string ToString() => $"{Name} ({SiloAddress})";

    /// <summary>The other silo that the grain lives on; null: this one, or none that is known.</summary>
    public override SiloAddress? HomeOf(GrainId grainId) =>
        View.HomeOf(grainId) is { } home && !home.Equals(SiloAddress) ? home : null;

    public override void Route(Request request) => Transport.Send(request);

    public override async Task RefreshAsync(long minimumVersion)
    {
        if (minimumVersion <= View.Version) return;
        try
        {
            await Membership.RefreshAsync(minimumVersion, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.MembershipNotRead(exception);
        }
    }

    public override void Disconnected(SiloAddress peer)
    {
        if (peer.IsClient) Gateway.Forget(peer);
        base.Disconnected(peer);
    }

    /// <summary>What this silo and those it talks with must agree on.</summary>
    public NetworkIdentity NetworkIdentity =>
        new(SiloAddress, Cluster.ClusterId, Cluster.ServiceId, Contracts.Fingerprint);

    public ContractManifest Contracts => field ??= ContractManifest.Of(
        Classes.All.Select(grainClass => (grainClass.GrainType, grainClass.Type)));

    /// <summary>What can be called here.</summary>
    public MethodTable Methods => field ??= new MethodTable(Classes.All.Select(grainClass => grainClass.Type));

    /// <summary>How this silo is listed.</summary>
    public MembershipEntry ToMembershipEntry(SiloStatus status) => new()
    {
        SiloAddress = SiloAddress,
        Status = status,
        ProxyPort = GatewayAddress.Endpoint.Port,
        HostName = DnsHostName,
        SiloName = Name,
        RoleName = $"Engine:{Contracts.Fingerprint}",
        StartTime = StartedAt.UtcDateTime,
        IAmAliveTime = Clock.Provider.GetUtcNow().UtcDateTime,
    };

    /// <summary>Ends at once, and tells no grain: what a crash does, and a silo that is declared dead.</summary>
    public void Kill()
    {
        _status = SiloStatus.Dead;
        Executor = new DeadExecutor();
        Network.Kill();
        Dispose();
        _killed.TrySetResult();
    }

    protected override void ReceiveCall(Message message)
    {
        if (message.Kind == MessageKind.Cancel) Incoming.Cancel(message);
        else Incoming.Receive(message);
    }

    public void Dispose()
    {
        _status = SiloStatus.Dead;
        Caller.Pending.FailAll(new SiloUnavailableException($"{this} has stopped."));
        Catalog.StopCollecting();
        Timers.Dispose();
        Caller.Dispose();
        (Membership as IDisposable)?.Dispose();
    }
}

internal static class TimeProviders
{
    /// <summary>
    /// The time provider registered under that key, else the one registered without a key, else the system's.
    /// </summary>
    public static TimeProvider TimeOf(this IServiceProvider services, string key) =>
        services.GetKeyedService<TimeProvider>(key) ?? services.GetService<TimeProvider>() ?? TimeProvider.System;
}
