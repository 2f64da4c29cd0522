using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CoffeePayment.Engine.Messaging;

/// <summary>What each kind of connection passes through before its messages are read.</summary>
internal sealed record ConnectionPipelines
{
    private static readonly Action<IConnectionBuilder> Nothing = static _ => { };

    /// <summary>For what middleware asks for. Default: no services.</summary>
    public IServiceProvider Services { get; init; } = new ServiceCollection().BuildServiceProvider();

    /// <summary>To silos, or from a client to gateways.</summary>
    public Action<IConnectionBuilder> Outbound { get; init; } = Nothing;

    public Action<IConnectionBuilder> SiloInbound { get; init; } = Nothing;

    public Action<IConnectionBuilder> GatewayInbound { get; init; } = Nothing;

    public static ConnectionPipelines OfSilo(IServiceProvider services)
    {
        SiloConnectionOptions.ISiloConnectionBuilderOptions options =
            services.GetRequiredService<IOptions<SiloConnectionOptions>>().Value;
        return new ConnectionPipelines
        {
            Services = services,
            Outbound = options.ConfigureSiloOutboundBuilder,
            SiloInbound = options.ConfigureSiloInboundBuilder,
            GatewayInbound = options.ConfigureGatewayInboundBuilder,
        };
    }

    public static ConnectionPipelines OfClient(IServiceProvider services) => new()
    {
        Services = services,
        Outbound = services.GetRequiredService<IOptions<ClientConnectionOptions>>().Value.Apply,
    };

    /// <summary>Puts what was configured before what this side does with a connection itself.</summary>
    public ConnectionDelegate Build(Action<IConnectionBuilder> configure, Func<ConnectionContext, Task> end)
    {
        var builder = new ConnectionBuilder(Services);
        configure(builder);
        builder.Run(end);
        return builder.Build();
    }
}
