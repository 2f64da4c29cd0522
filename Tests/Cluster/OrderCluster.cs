using CoffeePayment.Grains;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Grains;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Cluster;

/// <summary>
/// The real grains on several real silos, in real time shortened: two seconds between checks, and a silo that is gone is
/// declared dead within seconds. Stores, provider and machine outlive every silo.
/// </summary>
public sealed class OrderCluster : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Configurators are made by the cluster, which tells them nothing: such tests run one by one.</summary>
    private static OrderCluster? _current;

    private readonly TestCluster _cluster;

    private OrderCluster()
    {
        _current = this;
        var builder = new TestClusterBuilder(initialSilosCount: 3);
        builder.Options.ConfigureFileLogging = false;
        builder.AddSiloBuilderConfigurator<Silo>();
        builder.AddClientBuilderConfigurator<Caller>();
        _cluster = builder.Build();
    }

    public Stores Stores { get; } = new();

    public CheckLog Checks { get; } = new();

    public IGrainFactory Client => _cluster.Client;

    public IReadOnlyList<SiloHandle> Silos => _cluster.Silos;

    /// <summary>A silo that can be done without: the first one keeps the members' table and the reminders.</summary>
    public SiloHandle LastSilo => _cluster.SecondarySilos[^1];

    public static async Task<OrderCluster> StartAsync()
    {
        var cluster = new OrderCluster();
        await cluster._cluster.DeployAsync();
        await cluster.Client.GetGrain<IOrphanSweeperGrain>(0).StartAsync();
        return cluster;
    }

    /// <summary>Makes calls from within that silo.</summary>
    public IGrainFactory GrainsOf(SiloHandle silo) =>
        _cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>();

    /// <summary>Registers so many orders whose payments are pending; returns their ids.</summary>
    public async Task<IReadOnlyList<string>> RegisterAsync(int count, string prefix = "order")
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{prefix}-{i}").ToList();
        await Task.WhenAll(ids.Select(id =>
            Client.GetGrain<IPendingPaymentGrain>(id).RegisterAsync(PaymentCluster.Registration(id))));
        return ids;
    }

    /// <summary>Completes when every one of the orders has been checked after that time.</summary>
    public Task WhenCheckedAsync(IReadOnlyCollection<string> orderIds, DateTimeOffset after) =>
        Checks.WhenCheckedAsync(orderIds, after).WaitAsync(Patience);

    /// <summary>Kills the silo without a word to the others; returns when they have declared it dead.</summary>
    public async Task<DateTimeOffset> KillAsync(SiloHandle silo)
    {
        var membership = _cluster.GetSiloServiceProvider(Silos[0].SiloAddress)
            .GetRequiredService<IClusterMembershipService>();
        using var patience = new CancellationTokenSource(Patience);
        await _cluster.KillSiloAsync(silo);
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(patience.Token))
        {
            if (snapshot.GetSiloStatus(silo.SiloAddress) == SiloStatus.Dead) break;
        }

        return TimeProvider.System.GetUtcNow();
    }

    /// <summary>What SIGTERM does to a silo.</summary>
    public Task StopAsync(SiloHandle silo) => _cluster.StopSiloAsync(silo);

    public Task<SiloHandle> StartAnotherAsync() => _cluster.StartAdditionalSiloAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            var test = _current!;
            siloBuilder.UseInMemoryReminderService();
            siloBuilder.Services
                .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromSeconds(1))
                .Configure<ClusterMembershipOptions>(options =>
                {
                    options.ProbeTimeout = TimeSpan.FromSeconds(1);
                    options.NumMissedProbesLimit = 2;
                })
                .AddPaymentGrains()
                .Configure<PaymentOptions>(options =>
                {
                    options.FastTrackInterval = Interval;
                    options.ApiTimeout = TimeSpan.FromMilliseconds(500);
                    options.SweepPeriod = 2 * Interval;
                })
                .AddKeyedSingleton<IGrainStorage>(StorageNames.Orders, test.Stores.States)
                .AddSingleton<IOrderIndexWriter>(test.Stores.Indexes)
                .AddSingleton<IPendingPaymentIndex>(test.Stores.Pending)
                .AddSingleton<IPaymentReferenceIndex>(test.Stores.Payments)
                .AddSingleton<IOrderStatusIndex>(test.Stores.Statuses)
                .AddSingleton<IAttentionIndex>(test.Stores.Attention)
                .AddSingleton<IMachineIndex>(test.Stores.Machines)
                .AddSingleton<ICoffeeMachine>(new ScriptedMachine(test.Stores.Journal))
                .AddSingleton<IPaymentProvider>(services =>
                    new LoggingProvider(test.Checks, services.GetRequiredService<ILocalSiloDetails>()));
        }
    }

    private sealed class Caller : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) => clientBuilder.Services
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
    }

    private sealed class LoggingProvider(CheckLog log, ILocalSiloDetails silo) : IPaymentProvider
    {
        public Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken) =>
            Task.FromResult(log.Answer(inquiry.OrderId, silo.SiloAddress));
    }
}
