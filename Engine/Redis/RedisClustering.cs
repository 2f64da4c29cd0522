using Orleans.Clustering.Redis;
using Orleans.Hosting;
using StackExchange.Redis;

namespace Orleans.Clustering.Redis
{
    /// <summary>Where a cluster is listed.</summary>
    public class RedisClusteringOptions
    {
        /// <summary>The Redis. Required.</summary>
        public ConfigurationOptions? ConfigurationOptions { get; set; }

        /// <summary>Makes the connection, and says whether it is others' too. Default: one of its own.</summary>
        public Func<RedisClusteringOptions, Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>>?
            CreateMultiplexer
        { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Puts a silo into a cluster on Redis.</summary>
    public static class RedisClusteringISiloBuilderExtensions
    {
        /// <exception cref="NotSupportedException">The embedded engine does not form clusters yet.</exception>
        public static ISiloBuilder UseRedisClustering(
            this ISiloBuilder builder, Action<RedisClusteringOptions> configuration) =>
            throw new NotSupportedException("The embedded engine does not form clusters yet.");
    }

    /// <summary>Lets a client find a cluster on Redis.</summary>
    public static class RedisClusteringIClientBuilderExtensions
    {
        /// <exception cref="NotSupportedException">The embedded engine does not form clusters yet.</exception>
        public static IClientBuilder UseRedisClustering(
            this IClientBuilder builder, Action<RedisClusteringOptions> configuration) =>
            throw new NotSupportedException("The embedded engine does not form clusters yet.");
    }
}
