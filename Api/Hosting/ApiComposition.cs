using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Api.Hosting;

/// <summary>Puts the API in front of a cluster together.</summary>
internal static class ApiComposition
{
    private const string ReadyTag = "ready";

    // Draining, then what is under way: no call takes longer.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(28);

    /// <summary>Adds every service.</summary>
    public static void AddApiInFrontOfCluster(this WebApplicationBuilder builder, ServiceSettings settings)
    {
        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(provider => new ClusterLink(
            settings,
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterLink>().Grains);
        services.AddHostedService(provider => provider.GetRequiredService<ClusterLink>());
        services.AddDraining();
        services.AddDashboardInFrontOfCluster(builder.Configuration);
        services.AddPaymentApi(api =>
        {
            settings.CopyTo(api);
            settings.CopyAccessTo(api);
            api.IsOutage = RedisOutages.IsOutage;

            // Merchants' secrets are the silos' alone; an API that has none takes every merchant for known.
            if (settings.HasProvider)
                api.IsKnownMerchant = id => settings.Merchants.Any(merchant => merchant.Id == id);
        });
        services.AddOptions<ApiOptions>().Configure<ClusterLink>(
            (api, link) => api.IsConnected = () => link.IsUp);
        services.AddHealthChecks().AddCheck<ClusterCheck>("cluster", tags: [ReadyTag]);
        builder.WebHost.UseUrls([.. settings.Get(SettingsTable.Urls)]);
    }
}
