using System.Net;
using CoffeePayment.Api;
using CoffeePayment.Api.Hosting;
using CoffeePayment.Grains;
using CoffeePayment.Grains.Statistics;
using CoffeePayment.Grains.Sweeping;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Sandbox;
using CoffeePayment.Silo.Demo;
using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Silo.Tmetr;
using CoffeePayment.Silo.Yookassa;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace CoffeePayment.Silo.Hosting;

/// <summary>Puts a silo together: storage, provider, machine and API in one process.</summary>
internal static class SiloComposition
{
    internal const string ReadyTag = "ready";

    // Ctrl+C stops within 5 s; the rest of them is for what comes after the host.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    // The least that Orleans keeps an idle grain; a check every slow interval must keep it longer.
    private static readonly TimeSpan CollectionAgeMin = TimeSpan.FromMinutes(15);

    /// <summary>Adds every service.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="sandbox">What plays the provider and the machine; null where real ones are configured.</param>
    public static void AddCoffeePayment(
        this WebApplicationBuilder builder, ServiceSettings settings, SandboxServer? sandbox)
    {
        var services = builder.Services;
        services.Configure<PaymentOptions>(settings.CopyTo);
        services.AddPaymentGrains();
        services.AddHostedService<OrderCountInstruments>();
        if (settings.IsCluster) builder.AddClusterParts(settings);
        else AddLoneParts(services, settings);

        AddProvider(services, settings, sandbox);
        AddMachine(services, settings, sandbox);
        AddApi(services, settings, sandbox);
        builder.UseOrleans(silo => ConfigureSilo(silo, settings));
        builder.WebHost.UseUrls([.. settings.Get(SettingsTable.Urls)]);
    }

    private static void AddLoneParts(IServiceCollection services, ServiceSettings settings)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSqliteStorage(sqlite => sqlite.Directory = settings.Get(SettingsTable.DataDirectory));

        // One process on a database that it has locked: whatever is pending in there is its own.
        services.Configure<SweeperOptions>(sweeper => sweeper.TakesOverAtStart = true);
    }

    private static void UseLoneParts(ISiloBuilder silo, ServiceSettings settings)
    {
        silo.UseLocalhostClustering(
            FreePort.Or(settings.Get(SettingsTable.SiloPort), IPAddress.Loopback),
            FreePort.Or(settings.Get(SettingsTable.GatewayPort), IPAddress.Loopback),
            primarySiloEndpoint: null,
            settings.Get(SettingsTable.ServiceId),
            settings.Get(SettingsTable.ClusterId));
        silo.UseInMemoryReminderService();
        silo.AddSqliteGrainStorage(StorageNames.Orders);
    }

    private static void ConfigureSilo(ISiloBuilder silo, ServiceSettings settings)
    {
        if (settings.IsCluster) silo.UseClusterParts(settings);
        else UseLoneParts(silo, settings);

        var sweepPeriod = settings.Get(SettingsTable.SweepPeriod);
        silo.Services.Configure<ReminderOptions>(reminders => reminders.MinimumReminderPeriod = sweepPeriod);

        var twoIntervals = 2 * settings.Get(SettingsTable.SlowTrackInterval);
        silo.Services.Configure<GrainCollectionOptions>(collection =>
            collection.CollectionAge = twoIntervals > CollectionAgeMin ? twoIntervals : CollectionAgeMin);

        silo.AddDashboard(PaymentDashboard.Configure);
        silo.AddStartupTask((provider, _) =>
            provider.GetRequiredService<IGrainFactory>().GetGrain<IOrphanSweeperGrain>(0).StartAsync());
    }

    private static void AddProvider(IServiceCollection services, ServiceSettings settings, SandboxServer? sandbox)
    {
        services.AddYookassa();
        services.Configure<YookassaOptions>(yookassa =>
        {
            yookassa.Timeout = settings.Get(SettingsTable.ApiTimeout);
            yookassa.PropagatesTraces = settings.Get(SettingsTable.OtlpEndpoint) is not null;
            if (sandbox is not null)
            {
                yookassa.ApiUrl = new Uri(sandbox.Url, "v3");
                yookassa.Merchants[MerchantSettings.DefaultId] = new YookassaMerchant
                {
                    AccountId = SandboxAccess.AccountId,
                    SecretKey = SandboxAccess.SecretKey,
                };
            }

            foreach (var merchant in settings.Merchants)
            {
                yookassa.Merchants[merchant.Id] = new YookassaMerchant
                {
                    AccountId = merchant.AccountId,
                    SecretKey = merchant.SecretKey,
                    ApiUrl = merchant.ApiUrl,
                };
            }
        });
    }

    private static void AddMachine(IServiceCollection services, ServiceSettings settings, SandboxServer? sandbox)
    {
        services.AddTmetr();
        services.Configure<TmetrOptions>(tmetr =>
        {
            tmetr.Url = sandbox?.Url ?? settings.Get(SettingsTable.TmetrHost)!;
            tmetr.Token = sandbox is null ? settings.Get(SettingsTable.TmetrToken)! : SandboxAccess.MachineToken;
        });
    }

    private static void AddApi(IServiceCollection services, ServiceSettings settings, SandboxServer? sandbox)
    {
        if (sandbox is not null)
            services.AddSingleton<ITestOrders>(
                provider => ActivatorUtilities.CreateInstance<TestOrders>(provider, sandbox.Url));

        services.AddPaymentApi(api =>
        {
            settings.CopyTo(api);
            settings.CopyAccessTo(api);
            api.IsKnownMerchant = id => settings.HasProvider
                ? settings.Merchants.Any(merchant => merchant.Id == id)
                : id == MerchantSettings.DefaultId;
            api.IsOutage = exception => exception is SqliteStorageException || RedisOutages.IsOutage(exception);
        });
        services.AddHealthChecks()
            .AddCheck<SiloCheck>("silo", tags: [ReadyTag])
            .AddCheck<StorageCheck>("storage", tags: [ReadyTag]);
    }
}

/// <summary>The credentials that a sandbox takes unless it is told otherwise.</summary>
internal static class SandboxAccess
{
    private static readonly SandboxOptions Defaults = new();

    public static string AccountId => Defaults.AccountId;

    public static string SecretKey => Defaults.SecretKey;

    public static string MachineToken => Defaults.MachineToken;
}
