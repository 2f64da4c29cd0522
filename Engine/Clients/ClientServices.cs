using System.Net;
using System.Security.Cryptography;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clients;

/// <summary>What a client is made of.</summary>
internal static class ClientServices
{
    /// <summary>Adds it to a host's services, once however often it is called.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ClientNode))) return;
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton<IExecutor, ThreadPoolExecutor>();
        services.TryAddKeyedSingleton(
            TimeProviderNames.Messaging,
            static (provider, _) => provider.GetService<TimeProvider>() ?? TimeProvider.System);
        services.TryAddKeyedSingleton(ClientAddress.Key, static (_, _) => ClientAddress.MakeUp());
        services.TryAddSingleton<INetwork>(static provider =>
            SocketNetwork.OfClient(provider, IdentityOf(provider)));
        services.AddSingleton(static provider => new ClientNode(
            provider.GetRequiredKeyedService<SiloAddress>(ClientAddress.Key),
            provider.GetRequiredService<INetwork>(),
            provider.GetRequiredService<IExecutor>(),
            provider.TimeOf(TimeProviderNames.Messaging),
            new EngineLog(provider.GetRequiredService<ILoggerFactory>().CreateLogger("CoffeePayment.Engine.Client")),
            new ClientParts(
                provider,
                provider.GetService<IGatewayListProvider>() ?? throw new OrleansConfigurationException(
                    "The client does not know where to find gateways; call UseRedisClustering or another one."),
                provider.GetRequiredService<IOptions<GatewayOptions>>().Value,
                provider.GetRequiredService<IOptions<ClientMessagingOptions>>().Value)));
        services.AddSingleton<IHostedService, ClientHost>();
        services.AddSingleton<IClusterClient>(
            static provider => provider.GetRequiredService<ClientNode>().GrainFactory);
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<IClusterClient>());
    }

    /// <summary>What the client and its gateways must agree on; having no grains, not on their contracts.</summary>
    public static NetworkIdentity IdentityOf(IServiceProvider services)
    {
        var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return new NetworkIdentity(
            services.GetRequiredKeyedService<SiloAddress>(ClientAddress.Key),
            cluster.ClusterId,
            cluster.ServiceId,
            Fingerprint: "");
    }
}

/// <param name="Services">The host's.</param>
/// <param name="GatewayList">Where gateways are found.</param>
/// <param name="Gateways">How often.</param>
/// <param name="Messaging">How long calls may take.</param>
internal sealed record ClientParts(
    IServiceProvider Services,
    IGatewayListProvider GatewayList,
    GatewayOptions Gateways,
    ClientMessagingOptions Messaging);

/// <summary>What answers to a client are addressed to: nothing that one could connect to.</summary>
internal static class ClientAddress
{
    public const string Key = "CoffeePayment.Engine.Client";

    public static SiloAddress MakeUp()
    {
        Span<byte> address = stackalloc byte[16];
        RandomNumberGenerator.Fill(address);
        return SiloAddress.New(new IPAddress(address), 0, -1 - RandomNumberGenerator.GetInt32(int.MaxValue));
    }
}
