using Microsoft.AspNetCore.Connections;

namespace Orleans.Configuration;

/// <summary>How connections are opened.</summary>
public class ConnectionOptions
{
    public static readonly TimeSpan DEFAULT_OPENCONNECTION_TIMEOUT = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after an attempt that failed the next one to the same silo waits; what is sent meanwhile fails at
    /// once. Default: 1 s.
    /// </summary>
    public TimeSpan ConnectionRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may take until messages can be sent over it. Default: 5 s.</summary>
    public TimeSpan OpenConnectionTimeout { get; set; } = DEFAULT_OPENCONNECTION_TIMEOUT;
}

/// <summary>What stands between a client's connections to gateways and their messages, TLS for example.</summary>
public class ClientConnectionOptions
{
    private readonly List<Action<IConnectionBuilder>> _configure = [];

    public void ConfigureConnection(Action<IConnectionBuilder> configure) => _configure.Add(configure);

    internal void Apply(IConnectionBuilder builder) => _configure.ForEach(configure => configure(builder));
}

/// <summary>What stands between a silo's connections and their messages, TLS for example.</summary>
public class SiloConnectionOptions : SiloConnectionOptions.ISiloConnectionBuilderOptions
{
    private readonly List<Action<IConnectionBuilder>> _siloOutbound = [];
    private readonly List<Action<IConnectionBuilder>> _siloInbound = [];
    private readonly List<Action<IConnectionBuilder>> _gatewayInbound = [];

    /// <summary>Applies what was configured to the builder of one kind of connection.</summary>
    public interface ISiloConnectionBuilderOptions
    {
        void ConfigureSiloOutboundBuilder(IConnectionBuilder builder);

        void ConfigureSiloInboundBuilder(IConnectionBuilder builder);

        void ConfigureGatewayInboundBuilder(IConnectionBuilder builder);
    }

    /// <summary>Connections that this silo makes to others.</summary>
    public void ConfigureSiloOutboundConnection(Action<IConnectionBuilder> configure) => _siloOutbound.Add(configure);

    /// <summary>Connections that other silos make to this one.</summary>
    public void ConfigureSiloInboundConnection(Action<IConnectionBuilder> configure) => _siloInbound.Add(configure);

    /// <summary>Connections that clients make to this silo.</summary>
    public void ConfigureGatewayInboundConnection(Action<IConnectionBuilder> configure) =>
        _gatewayInbound.Add(configure);

    void ISiloConnectionBuilderOptions.ConfigureSiloOutboundBuilder(IConnectionBuilder builder) =>
        _siloOutbound.ForEach(configure => configure(builder));

    void ISiloConnectionBuilderOptions.ConfigureSiloInboundBuilder(IConnectionBuilder builder) =>
        _siloInbound.ForEach(configure => configure(builder));

    void ISiloConnectionBuilderOptions.ConfigureGatewayInboundBuilder(IConnectionBuilder builder) =>
        _gatewayInbound.ForEach(configure => configure(builder));
}
