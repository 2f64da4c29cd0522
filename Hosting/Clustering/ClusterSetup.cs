using System.Net;
using System.Net.Sockets;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Hosting.Settings;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace CoffeePayment.Hosting.Clustering;

/// <summary>What silos and clients of one cluster have in common: its Redis, its names, its secret.</summary>
internal static class ClusterSetup
{
    /// <summary>How soon a client notices gateways that came or went without a word.</summary>
    private static readonly TimeSpan GatewayRefreshPeriod = TimeSpan.FromSeconds(3);

    /// <summary>Registers the process's connection to the Redis of the settings.</summary>
    public static IServiceCollection AddClusterRedis(this IServiceCollection services, ServiceSettings settings) =>
        services.AddRedisConnection(redis => ConfigureRedis(redis, settings));

    /// <summary>Says which Redis it is.</summary>
    public static void ConfigureRedis(RedisOptions redis, ServiceSettings settings) =>
        redis.Configuration = RedisUrl.TryParse(settings.Get(SettingsTable.RedisUrl)!.OriginalString, out _);

    /// <summary>Makes the silo a member of the cluster.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="settings">The settings; <c>REDIS_URL</c> among them.</param>
    /// <exception cref="RefusedStartException">The host name does not stand for any address.</exception>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, ServiceSettings settings)
    {
        silo.Services.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        silo.UseRedisClustering(static _ => { });
        ShareRedis(silo.Services);
        if (settings.Get(SettingsTable.ClusterSecret) is { } secret) silo.UseClusterSecret(secret);

        var address = AddressOf(settings.Get(SettingsTable.SiloAddress));
        var siloPort = FreePort.Or(settings.Get(SettingsTable.SiloPort), address);
        var gatewayPort = FreePort.Or(settings.Get(SettingsTable.GatewayPort), address);
        silo.Services.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = address;
            endpoint.SiloPort = siloPort;
            endpoint.GatewayPort = gatewayPort;
            endpoint.SiloListeningEndpoint = new IPEndPoint(address, siloPort);
            endpoint.GatewayListeningEndpoint = new IPEndPoint(address, gatewayPort);
        });
        return silo;
    }

    /// <summary>Makes the client one of the cluster's.</summary>
    public static IClientBuilder UseCluster(this IClientBuilder client, ServiceSettings settings)
    {
        client.Services.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        client.UseRedisClustering(static _ => { });
        ShareRedis(client.Services);
        if (settings.Get(SettingsTable.ClusterSecret) is { } secret) client.UseClusterSecret(secret);

        client.Services.Configure<GatewayOptions>(
            gateways => gateways.GatewayListRefreshPeriod = GatewayRefreshPeriod);
        return client;
    }

    private static void Name(ClusterOptions cluster, ServiceSettings settings)
    {
        cluster.ClusterId = settings.Get(SettingsTable.ClusterId);
        cluster.ServiceId = settings.Get(SettingsTable.ServiceId);
    }

    private static void ShareRedis(IServiceCollection services) =>
        services.AddOptions<RedisClusteringOptions>().Configure<RedisConnection, IOptions<RedisOptions>>(
            static (clustering, connection, redis) =>
            {
                clustering.ConfigurationOptions = redis.Value.Configuration!;
                clustering.CreateMultiplexer = _ => connection.ShareAsync();
            });

    private static IPAddress AddressOf(SiloHost host)
    {
        if (host.Address is { } address) return address;

        try
        {
            var addresses = Dns.GetHostAddresses(Dns.GetHostName());
            return addresses.FirstOrDefault(found => found.AddressFamily == AddressFamily.InterNetwork)
                ?? addresses[0];
        }
        catch (Exception e) when (e is SocketException or IndexOutOfRangeException)
        {
            var error = new SettingError(
                SettingsTable.SiloAddress.Name, "hostname", "an IP address, since the host name stands for none");
            throw new RefusedStartException(error.ToString(), e);
        }
    }
}
