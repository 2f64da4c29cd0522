using CoffeePayment.Grains;
using CoffeePayment.Grains.Sweeping;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Support;
using Orleans.Reminders;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Grains;

/// <summary>
/// The real grains on a real silo, in virtual time, over stores, a provider and a machine which the test scripts.
/// Starting a second cluster on the same <see cref="Stores"/> is what a restart after a crash looks like.
/// </summary>
public sealed class PaymentCluster : IAsyncDisposable
{
    /// <summary>
    /// How long a test waits, in real time, for what must happen; only a failing test ever waits so long.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly InProcessTestCluster _cluster;

    private PaymentCluster(InProcessTestCluster cluster, VirtualTimeProvider time, Stores stores)
    {
        _cluster = cluster;
        Time = time;
        Stores = stores;
    }

    public VirtualTimeProvider Time { get; }

    public Stores Stores { get; }

    public ScriptedProvider Provider { get; private init; } = null!;

    public ScriptedMachine Machine { get; private init; } = null!;

    public PaymentOptions Options { get; private init; } = null!;

    public IGrainFactory Grains => _cluster.Client;

    public IOrphanSweeperGrain Sweeper => Grains.GetGrain<IOrphanSweeperGrain>(0);

    public static async Task<PaymentCluster> StartAsync(
        Stores? stores = null,
        VirtualTimeProvider? time = null,
        Action<PaymentOptions>? configure = null,
        Action<SweeperOptions>? configureSweeper = null,
        Action<ILoggingBuilder>? logging = null)
    {
        var clock = time ?? new VirtualTimeProvider();
        var kept = stores ?? new Stores();
        var provider = new ScriptedProvider(clock);
        var machine = new ScriptedMachine(kept.Journal);
        var options = new PaymentOptions();
        configure?.Invoke(options);

        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            if (logging is not null) silo.Services.AddLogging(logging);
            silo.Services.Configure<ReminderOptions>(o => o.MinimumReminderPeriod = TimeSpan.FromSeconds(1));
            silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, clock);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, clock);
            silo.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.Orders, kept.States);
            silo.Services.AddPaymentGrains();
            silo.Services.Configure<PaymentOptions>(o => configure?.Invoke(o));
            silo.Services.Configure<SweeperOptions>(o => configureSweeper?.Invoke(o));
            silo.Services.AddSingleton<IPaymentProvider>(provider);
            silo.Services.AddSingleton<ICoffeeMachine>(machine);
            silo.Services.AddSingleton<IOrderIndexWriter>(kept.Indexes);
            silo.Services.AddSingleton<IPendingPaymentIndex>(kept.Pending);
            silo.Services.AddSingleton<IPaymentReferenceIndex>(kept.Payments);
            silo.Services.AddSingleton<IOrderStatusIndex>(kept.Statuses);
            silo.Services.AddSingleton<IAttentionIndex>(kept.Attention);
            silo.Services.AddSingleton<IMachineIndex>(kept.Machines);
        });

        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new PaymentCluster(cluster, clock, kept)
        {
            Provider = provider,
            Machine = machine,
            Options = options,
        };
    }

    public IPendingPaymentGrain Grain(string orderId) => Grains.GetGrain<IPendingPaymentGrain>(orderId);

    public async Task<PaymentOrder> OrderAsync(string orderId) =>
        await Grain(orderId).GetAsync() ?? throw new InvalidOperationException($"There is no order {orderId}.");

    /// <summary>Registers an order whose payment starts now.</summary>
    public async Task<PaymentOrder> RegisterAsync(string orderId)
    {
        var result = await Grain(orderId).RegisterAsync(Registration(orderId));
        return result.Order!;
    }

    public static OrderRegistration Registration(string orderId) => new()
    {
        Id = orderId,
        MerchantId = "default",
        PaymentScenario = PaymentScenario.Yookassa,
        PaymentReferenceId = PaymentOf(orderId),
        DeviceUuid = "machine-1",
        DrinkNumber = "7",
        Size = DrinkSize.Medium,
        Price = Price,
    };

    public static string PaymentOf(string orderId) => $"payment-of-{orderId}";

    public static Money Price { get; } = new(15_000, "RUB");

    /// <summary>
    /// Moves the clock to the order's due time and waits until the check that starts there is dealt with.
    /// </summary>
    public async Task<PaymentOrder> CheckWhenDueAsync(string orderId, ProviderAnswer answer)
    {
        Provider.AnswerWith(orderId, answer);
        await AskWhenDueAsync(orderId);
        await SettleAsync(orderId);
        return await OrderAsync(orderId);
    }

    /// <summary>Moves the clock to the order's due time and waits until the check that starts there asks.</summary>
    /// <returns>What answers it; until then it waits.</returns>
    public async Task<Action<ProviderAnswer>> HoldCheckWhenDueAsync(string orderId)
    {
        var answer = Provider.Hold(orderId);
        await AskWhenDueAsync(orderId);
        return answer;
    }

    /// <summary>
    /// Moves the clock to the order's due time and waits until its grain has taken the step that is due.
    /// </summary>
    public async Task<PaymentOrder> StepWhenDueAsync(string orderId)
    {
        var dueAt = await DueAtAsync(orderId);
        return await StepAfterAsync(orderId, dueAt - Time.GetUtcNow());
    }

    /// <summary>Moves the clock and waits until the order has changed.</summary>
    public async Task<PaymentOrder> StepAfterAsync(string orderId, TimeSpan time)
    {
        var order = await OrderAsync(orderId);
        var change = Grain(orderId).WaitForChangeAsync(order.Revision, TimeSpan.FromHours(1), CancellationToken.None);
        Time.Advance(time);
        await change.WaitAsync(Patience);
        await SettleAsync(orderId);
        return await OrderAsync(orderId);
    }

    /// <summary>Does what a silo does when it starts, and waits for the sweep that comes of it.</summary>
    public async Task StartSweeperAsync()
    {
        var swept = WhenSweptAsync();
        await Sweeper.StartAsync();
        await swept.WaitAsync(Patience);
    }

    /// <summary>Completes when the next sweep has counted what is pending, which is how every sweep begins.</summary>
    public Task WhenSweptAsync() => Stores.Pending.WhenCountedAsync();

    /// <summary>Waits until the grain's turn is over: this call takes a turn of its own and changes nothing.</summary>
    public Task SettleAsync(string orderId) => Grain(orderId).ForgetAsync(DateTimeOffset.MinValue).WaitAsync(Patience);

    public static Task<T> PatientlyAsync<T>(Task<T> task) => task.WaitAsync(Patience);

    public static Task PatientlyAsync(Task task) => task.WaitAsync(Patience);

    /// <summary>How many orders have an activation.</summary>
    public async Task<int> ActiveOrdersAsync()
    {
        var statistics = await Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return statistics.Where(s => s.GrainType.Contains("PendingPaymentGrain")).Sum(s => s.ActivationCount);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task AskWhenDueAsync(string orderId)
    {
        var dueAt = await DueAtAsync(orderId);
        var asked = Provider.WhenAskedAsync(orderId);
        Time.AdvanceTo(dueAt);
        await asked.WaitAsync(Patience);
    }

    private async Task<DateTimeOffset> DueAtAsync(string orderId) => (await OrderAsync(orderId)).DueAt
        ?? throw new InvalidOperationException($"{orderId} is not due for anything.");
}
