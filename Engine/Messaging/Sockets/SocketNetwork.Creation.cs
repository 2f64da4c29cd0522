using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <content>From what a host configures.</content>
internal sealed partial class SocketNetwork
{
    public static SocketNetwork OfSilo(IServiceProvider services, NetworkIdentity identity) =>
        Of(services, identity, SocketNetworkSettings.Of(
            Configured<EndpointOptions>(services),
            Configured<ConnectionOptions>(services),
            Configured<SiloMessagingOptions>(services),
            ConnectionPipelines.OfSilo(services)));

    public static SocketNetwork OfClient(IServiceProvider services, NetworkIdentity identity) =>
        Of(services, identity, SocketNetworkSettings.Of(
            endpoints: null,
            Configured<ConnectionOptions>(services),
            Configured<ClientMessagingOptions>(services),
            ConnectionPipelines.OfClient(services)));

    private static SocketNetwork Of(
        IServiceProvider services, NetworkIdentity identity, SocketNetworkSettings settings) => new(
            identity,
            settings,
            services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Messaging),
            services.GetRequiredService<ILoggerFactory>());

    private static TOptions Configured<TOptions>(IServiceProvider services)
        where TOptions : class => services.GetRequiredService<IOptions<TOptions>>().Value;
}
