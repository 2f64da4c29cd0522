using System.Net;
using Orleans.Configuration;

namespace CoffeePayment.Engine.Messaging;

/// <summary>How a <see cref="SocketNetwork"/> listens, connects and limits itself.</summary>
internal sealed record SocketNetworkSettings
{
    /// <summary>Where other silos connect to. Null: nowhere.</summary>
    public IPEndPoint? SiloEndpoint { get; init; }

    /// <summary>Where clients connect to. Null: nowhere.</summary>
    public IPEndPoint? GatewayEndpoint { get; init; }

    /// <summary>What stands between connections and messages. Default: nothing.</summary>
    public ConnectionPipelines Pipelines { get; init; } = new();

    /// <summary>How long connecting may take, until both sides have introduced themselves. Default: 5 s.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long whoever connects to this side may take to introduce itself. Default: 5 s.</summary>
    public TimeSpan PreambleTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer is left alone after an attempt to connect to it failed. Default: 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection that ends waits for its other side. Default: 2 s.</summary>
    public TimeSpan LingerTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest body. Default: 100 MiB.</summary>
    public int BodyBytesMax { get; init; } = 100 * 1024 * 1024;

    /// <summary>How many messages may wait for one peer. Default: 65,536.</summary>
    public int QueueMessagesMax { get; init; } = 65_536;

    /// <summary>How many bytes may wait for one peer. Default: 64 MiB.</summary>
    public long QueueBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many connections others may have to this side. Default: 8,192.</summary>
    public int InboundConnectionsMax { get; init; } = 8_192;

    /// <summary>Those that the official options of a silo or client ask for.</summary>
    public static SocketNetworkSettings Of(
        EndpointOptions? endpoints,
        ConnectionOptions connections,
        MessagingOptions messaging,
        ConnectionPipelines pipelines) => new()
        {
            SiloEndpoint = endpoints?.SiloListeningEndpoint
                ?? (endpoints is null ? null : new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.SiloPort)),
            GatewayEndpoint = endpoints?.GatewayListeningEndpoint
                ?? (endpoints is null or { GatewayPort: 0 }
                    ? null
                    : new IPEndPoint(endpoints.AdvertisedIPAddress, endpoints.GatewayPort)),
            Pipelines = pipelines,
            OpenTimeout = connections.OpenConnectionTimeout,
            RetryDelay = connections.ConnectionRetryDelay,
            BodyBytesMax = messaging.MaxMessageBodySize,
        };
}
