using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Hosting;

internal sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
{
    public IServiceCollection Services => services;

    public IConfiguration Configuration => configuration;

    /// <summary>Adds what every silo has, once however often it is called.</summary>
    public static SiloBuilder On(IServiceCollection services, IConfiguration configuration)
    {
        if (services.All(service => service.ServiceType != typeof(Silo))) AddSilo(services);
        return new SiloBuilder(services, configuration);
    }

    private static void AddSilo(IServiceCollection services)
    {
        services.AddOptions();
        services.AddLogging();
        services.AddSingleton(new ServiceLifetimes(services));
        AddTimeProvider(services, TimeProviderNames.Grains);
        AddTimeProvider(services, TimeProviderNames.Messaging);
        AddTimeProvider(services, TimeProviderNames.ActivationManagement);
        AddTimeProvider(services, ReminderTimeProviderNames.Reminders);
        services.TryAddSingleton<IExecutor, ThreadPoolExecutor>();
        services.TryAddSingleton<INetwork>(static provider =>
            IsAlone(provider)
            ? new NoNetwork()
            : SocketNetwork.OfSilo(provider, provider.GetRequiredService<Silo>().NetworkIdentity));
        services.TryAddSingleton<IMembership>(static provider => IsAlone(provider)
            ? new SoleMembership(provider.GetRequiredService<Silo>())
            : CreateMembership(provider));
        services.TryAddSingleton<IClusterMembershipService, ClusterMembershipService>();
        services.AddSingleton<Silo>();
        services.AddSingleton<SiloLifecycle>();
        services.AddSingleton<SiloHost>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SiloHost>());
        services.AddSingleton<ISiloLifecycle>(static provider => provider.GetRequiredService<SiloLifecycle>());
        services.AddSingleton<ILocalSiloDetails>(static provider => provider.GetRequiredService<Silo>());
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<Silo>().GrainFactory);
        services.AddSingleton<IClusterClient>(static provider => provider.GetRequiredService<Silo>().GrainFactory);
    }

    private static Membership CreateMembership(IServiceProvider provider)
    {
        var silo = provider.GetRequiredService<Silo>();
        return new Membership(
            silo.ToMembershipEntry(SiloStatus.Created),
            provider.GetRequiredService<IMembershipTable>(),
            silo.Questions,
            provider.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value,
            provider.GetServices<IJoinCheck>(),
            new ServiceTurns(silo),
            provider.TimeOf(TimeProviderNames.Membership),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("CoffeePayment.Engine.Membership"));
    }

    private static bool IsAlone(IServiceProvider provider) => provider.GetService<IMembershipTable>() is null;

    // Grains may ask for the time by its key without anybody having set one.
    private static void AddTimeProvider(IServiceCollection services, string key) =>
        services.TryAddKeyedSingleton(
            key, static (provider, _) => provider.GetService<TimeProvider>() ?? TimeProvider.System);
}
