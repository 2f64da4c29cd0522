using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace CoffeePayment.Hosting.Clustering;

/// <summary>Cluster traffic only with those who know the same secret.</summary>
internal static class ClusterSecretExtensions
{
    /// <summary>Between silos, and with clients. All silos and clients of the cluster must do the same.</summary>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public static ISiloBuilder UseClusterSecret(this ISiloBuilder builder, string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        return builder.Configure<SiloConnectionOptions>(options =>
        {
            options.ConfigureSiloOutboundConnection(connections => connections.Use(
                Create(connections, secret).Initiate));
            options.ConfigureSiloInboundConnection(connections => connections.Use(
                Create(connections, secret).Accept));
            options.ConfigureGatewayInboundConnection(connections => connections.Use(
                Create(connections, secret).Accept));
        });
    }

    /// <summary>With gateways.</summary>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public static IClientBuilder UseClusterSecret(this IClientBuilder builder, string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        return builder.Configure<ClientConnectionOptions>(options =>
            options.ConfigureConnection(connections => connections.Use(Create(connections, secret).Initiate)));
    }

    private static ClusterSecret Create(IConnectionBuilder connections, string secret)
    {
        var services = connections.ApplicationServices;
        return new ClusterSecret(
            secret,
            services.GetRequiredService<ILogger<ClusterSecret>>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}
