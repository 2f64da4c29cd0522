using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Grains;
using CoffeePayment.Grains.Statistics;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using EngineSilo = CoffeePayment.Engine.Hosting.Silo;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>One life of one silo: a process with the real engine and the real grains, over simulated ports.</summary>
internal sealed class SimulatedSilo : IHostApplicationLifetime
{
    // As the service itself has them in a cluster.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(28);
    private static readonly TimeSpan CollectionAge = TimeSpan.FromMinutes(15);

    private static readonly MethodInfo Execute =
        typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Landscape _landscape;
    private readonly ServiceProvider _services;
    private readonly Meters _meters = new();
    private readonly Network _network;
    private readonly ServiceTurns _turns;

    public SimulatedSilo(Landscape landscape, Lane lane, int number)
    {
        _landscape = landscape;
        Lane = lane;
        Number = number;
        Clock = new LaneTime(lane) { DriftPpm = landscape.Facts.Plan.DriftsPpm[number] };
        _services = Compose().BuildServiceProvider();
        Silo = _services.GetRequiredService<EngineSilo>();
        _network = (Network)Silo.Network;
        _turns = new ServiceTurns(Silo);
    }

    public int Number { get; }

    public Lane Lane { get; }

    public LaneTime Clock { get; }

    public EngineSilo Silo { get; }

    public SiloAddress Address => Silo.SiloAddress;

    /// <summary>It has started, and has not begun to stop.</summary>
    public bool IsServing { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Called when the process ends without having been told to.</summary>
    public Action<SimulatedSilo>? OnEnded { get; set; }

    public IGrainFactory Grains => Silo.GrainFactory;

    CancellationToken IHostApplicationLifetime.ApplicationStarted => CancellationToken.None;

    CancellationToken IHostApplicationLifetime.ApplicationStopping => CancellationToken.None;

    CancellationToken IHostApplicationLifetime.ApplicationStopped => CancellationToken.None;

    public void Start() => _ = _turns.Run(async () =>
    {
        try
        {
            await _services.GetRequiredService<SiloHost>().StartAsync(CancellationToken.None);
            IsServing = true;
            foreach (var service in _services.GetServices<IHostedService>().OfType<BackgroundService>())
                _ = (Task)Execute.Invoke(service, [_stopping.Token])!;
        }
        catch (Exception exception)
        {
            _landscape.Facts.Trace.Add($"{Lane.Name} cannot start: {exception.Message}");
            EndByItself();
        }
    });

    /// <summary>Stops as the service does when its process is told to end.</summary>
    public void Stop() => _ = _turns.Run(async () =>
    {
        IsServing = false;
        using var patience = new CancellationTokenSource(ShutdownTimeout, Clock);
        _stopping.Cancel();
        try
        {
            await _services.GetRequiredService<SiloHost>().StopAsync(patience.Token);
        }
        catch (Exception exception)
        {
            _landscape.Facts.Trace.Add($"{Lane.Name} did not stop cleanly: {exception.Message}");
        }

        EndByItself();
    });

    /// <summary>Ends the process at once.</summary>
    public void End(bool isSilent)
    {
        if (HasEnded) return;
        HasEnded = true;
        _landscape.Facts.SiloChanges++;
        IsServing = false;
        _landscape.Wires.Leave(_network, isSilent);
        _landscape.Facts.Scheduler.RemoveLane(Lane);
    }

    /// <summary>Runs work in the silo, as its web server does, and tells what came of it.</summary>
    public Task<T> CallAsync<T>(Func<IGrainFactory, Task<T>> call)
    {
        var answer = new TaskCompletionSource<T>();
        _ = _turns.Run(async () =>
        {
            try
            {
                answer.SetResult(await call(Grains));
            }
            catch (Exception exception)
            {
                answer.SetException(exception);
            }
        });
        return answer.Task;
    }

    /// <summary>Frees what a process would have taken with it.</summary>
    public void Dispose()
    {
        Silo.Dispose();
        _meters.Dispose();
        _stopping.Dispose();
    }

    void IHostApplicationLifetime.StopApplication() => EndByItself();

    private void EndByItself()
    {
        if (HasEnded) return;
        End(isSilent: false);
        OnEnded?.Invoke(this);
    }

    private ServiceCollection Compose()
    {
        var facts = _landscape.Facts;
        var services = new ServiceCollection();
        services.AddSingleton<IExecutor>(Lane);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IHostApplicationLifetime>(this);
        services.AddSingleton<IMeterFactory>(_meters);
        services.AddSingleton<ILoggerFactory>(
            facts.Trace.KeepsAll ? new SiloLog(facts.Trace, Lane.Name) : NullLoggerFactory.Instance);
        services.AddSingleton<INetwork>(provider => new Network(
            _landscape.Wires, Lane, provider.GetRequiredService<EngineSilo>().NetworkIdentity));
        services.AddSingleton<IMembershipTable>(new SiloTable(_landscape.TableServer, Lane, _landscape.Table));
        services.AddSingleton<IReminderTable>(new ReminderTable(_landscape.Storage, Lane, _landscape.Reminders));
        var silo = SiloBuilder.On(services, new ConfigurationBuilder().Build());
        silo.AddReminders();
        silo.AddStartupTask(static (provider, _) =>
            provider.GetRequiredService<IGrainFactory>().GetGrain<IOrphanSweeperGrain>(0).StartAsync());
        AddPorts(services, facts);
        Configure(services, facts.Plan.ProbeTimeout, facts.Payment);
        facts.Plan.Mutation?.Configure(services, this, _landscape);
        return services;
    }

    private void AddPorts(ServiceCollection services, Facts facts)
    {
        var dice = _landscape.Dice;
        services.AddGrainStorage(
            StorageNames.Orders, (_, _) => (IGrainStorage)new SiloStorage(_landscape.Storage, Lane, facts));
        services.AddSingleton<IPaymentProvider>(
            new Provider(facts, dice.Of($"provider {Lane.Name}"), _landscape.Provider, Lane, Clock));
        services.AddSingleton<ICoffeeMachine>(
            new Machine(facts, dice.Of($"machine {Lane.Name}"), _landscape.Machine, Lane, Clock));
        services.AddSingleton<IOrderIndexWriter>(new SiloIndexWriter(_landscape.Storage, Lane, facts));
        services.AddSingleton<IPendingPaymentIndex>(new SiloPendingIndex(_landscape.Storage, Lane, facts, Clock));
        services.AddSingleton<IPaymentReferenceIndex>(new SiloPaymentIndex(_landscape.Storage, Lane, facts));
        services.AddSingleton<IOrderStatusIndex>(new SiloStatusIndex(_landscape.Storage, Lane, facts));
        services.AddSingleton<IAttentionIndex>(new SiloAttentionIndex(_landscape.Storage, Lane, facts));
        services.AddSingleton<IMachineIndex>(new SiloMachineIndex(_landscape.Storage, Lane, facts));
        services.AddPaymentGrains();

        // Figures are a view on which nothing that is promised depends, and would take a tenth of the time.
        services.Remove(services.Single(service => service.ImplementationType == typeof(StatisticsReporter)));
    }

    private void Configure(ServiceCollection services, TimeSpan probeTimeout, PaymentOptions payment)
    {
        services.Configure<SiloOptions>(options => options.SiloName = Lane.Name);
        services.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = Number + 1;
            options.GatewayPort = Number + 101;
        });
        services.AddSingleton(Options.Create(payment));
        services.Configure<ReminderOptions>(options =>
        {
            options.MinimumReminderPeriod = payment.SweepPeriod;
            options.RefreshReminderListPeriod = payment.SweepPeriod;
        });
        services.Configure<GrainCollectionOptions>(options => options.CollectionAge = CollectionAge);
        services.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = probeTimeout;
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options.Name);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
