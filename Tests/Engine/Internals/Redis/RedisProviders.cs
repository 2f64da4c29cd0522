using CoffeePayment.Engine.Redis;
using CoffeePayment.Tests.Redis;
using CoffeePayment.Tests.Support;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Persistence;
using StackExchange.Redis;

namespace CoffeePayment.Tests.Engine.Internals.Redis;

/// <summary>The engine's providers on a server, without a silo.</summary>
internal static class RedisProviders
{
    public static ConfigurationOptions ConfigurationOf(RedisServer server) =>
        CoffeePayment.Hosting.Redis.RedisUrl.TryParse(server.Url, out _)!;

    public static RedisGrainStorage Storage(
        RedisServer server, string serviceId, bool isDeletedOnClear = true, int timeoutMs = 5000)
    {
        var configuration = ConfigurationOf(server);
        configuration.SyncTimeout = timeoutMs;
        return new RedisGrainStorage(
            "test",
            new RedisStorageOptions { ConfigurationOptions = configuration, DeleteStateOnClear = isDeletedOnClear },
            serializer: null,
            serviceId,
            new RedisConnections());
    }

    public static RedisReminderTable Reminders(RedisServer server, string serviceId) => new(
        new RedisReminderTableOptions { ConfigurationOptions = ConfigurationOf(server) },
        serviceId,
        new RedisConnections());

    public static RedisMembershipTable Members(RedisServer server, ClusterOptions cluster) => new(
        new RedisClusteringOptions { ConfigurationOptions = ConfigurationOf(server) },
        cluster,
        new RedisConnections());

    public static string NewServiceId() => SharedRedis.NewCluster().Value.ServiceId;
}
