using CoffeePayment.Engine.Redis;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>Where the silos of a cluster are listed in Redis.</summary>
public class RedisClusteringOptions
{
    /// <summary>Which Redis. Required.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <inheritdoc cref="Persistence.RedisStorageOptions.CreateMultiplexer"/>
    public Func<RedisClusteringOptions, Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>> CreateMultiplexer
    {
        get;
        set;
    } = DefaultCreateMultiplexer;

    /// <summary>The key of the list. Default: <c>{ServiceId}/members/{ClusterId}</c>.</summary>
    public Func<ClusterOptions, RedisKey> CreateRedisKey { get; set; } = DefaultCreateRedisKey;

    /// <summary>
    /// How long a list stays after it was made: for tests, which leave nothing behind. Default: null, for ever.
    /// </summary>
    public TimeSpan? EntryExpiry { get; set; }

    /// <inheritdoc cref="Persistence.RedisStorageOptions.DefaultCreateMultiplexer"/>
    public static async Task<(IConnectionMultiplexer Multiplexer, bool IsShared)> DefaultCreateMultiplexer(
        RedisClusteringOptions options) =>
        (await RedisConnections.ConnectAsync(options.ConfigurationOptions!), false);

    public static RedisKey DefaultCreateRedisKey(ClusterOptions clusterOptions) =>
        $"{clusterOptions.ServiceId}/members/{clusterOptions.ClusterId}";
}
