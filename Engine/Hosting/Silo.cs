using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Engine.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Hosting;

/// <summary>
/// One silo: the parts that carry out grains, put together. Its start and stop are in <see cref="SiloHost"/>.
/// </summary>
internal sealed class Silo : ILocalSiloDetails, IDisposable
{
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
    {
        Services = services;
        Executor = executor;
        Lifetimes = lifetimes;
        Cluster = cluster.Value;
        Collection = collection.Value;
        Log = new EngineLog(loggers.CreateLogger("CoffeePayment.Engine.Silo"));
        var system = services.TimeOf(TimeProviderNames.ActivationManagement);
        StartedAt = system.GetUtcNow();
        var address = endpoint.Value.AdvertisedIPAddress;
        var generation = SiloAddress.GenerationAt(StartedAt.UtcDateTime);
        SiloAddress = SiloAddress.New(address, endpoint.Value.SiloPort, generation);
        GatewayAddress = SiloAddress.New(address, endpoint.Value.GatewayPort, generation);
        Name = silo.Value.SiloName ?? $"Silo_{SiloAddress.Generation:x}";
        Clock = new Clock(system);
        Timers = new TimerQueue(services.TimeOf(TimeProviderNames.Grains));
        Classes = new GrainClasses(this);
        Catalog = new Catalog(this);
        Transport = new LocalTransport(this);
        Caller = new Caller(Transport, messaging.Value, services.TimeOf(TimeProviderNames.Messaging));
        GrainFactory = new GrainFactory(Caller, () => Classes, services);
    }

    public IServiceProvider Services { get; }

    /// <summary>Where turns run; those of a killed silo do not.</summary>
    public IExecutor Executor { get; private set; }

    public ServiceLifetimes Lifetimes { get; }

    public EngineLog Log { get; }

    public ClusterOptions Cluster { get; }

    public GrainCollectionOptions Collection { get; }

    public GrainClasses Classes { get; }

    public Catalog Catalog { get; }

    public ITransport Transport { get; }

    public Caller Caller { get; }

    public GrainFactory GrainFactory { get; }

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

    /// <summary>The status in words, for errors.</summary>
    public string Condition => _status switch
    {
        SiloStatus.Created => "has not started yet",
        SiloStatus.Dead => "has stopped",
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "is stopping",
        _ => "is running",
    };

    public override string ToString() => $"{Name} ({SiloAddress})";

    /// <summary>Ends at once, and tells no grain: what a crash does. For test clusters.</summary>
    public void Kill()
    {
        _status = SiloStatus.Dead;
        Executor = new DeadExecutor();
        Dispose();
    }

    public void Dispose()
    {
        _status = SiloStatus.Dead;
        Caller.Pending.FailAll(new SiloUnavailableException($"{this} has stopped."));
        Catalog.StopCollecting();
        Timers.Dispose();
        Caller.Dispose();
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
