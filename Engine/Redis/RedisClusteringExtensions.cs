using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

public static class RedisClusteringISiloBuilderExtensions
{
    /// <summary>Lists the silos of the cluster in Redis.</summary>
    public static ISiloBuilder UseRedisClustering(
        this ISiloBuilder builder, Action<RedisClusteringOptions> configuration)
    {
        builder.Services.AddRedisMembershipTable(configuration);
        builder.Services.AddSingleton<IMembershipTable>(
            static provider => provider.GetRequiredService<RedisMembershipTable>());
        builder.Services.AddSingleton<IJoinCheck>(static provider => new OfficialSilosCheck(
            provider.GetRequiredService<RedisMembershipTable>(),
            provider.GetRequiredService<IOptions<ClusterOptions>>(),
            provider.GetRequiredService<IOptions<ClusterMembershipOptions>>(),
            TimeProvider.System));
        return builder;
    }

    /// <inheritdoc cref="UseRedisClustering(ISiloBuilder, Action{RedisClusteringOptions})"/>
    public static ISiloBuilder UseRedisClustering(this ISiloBuilder builder, string redisConnectionString) =>
        builder.UseRedisClustering(options =>
            options.ConfigurationOptions = ConfigurationOptions.Parse(redisConnectionString));
}

public static class RedisClusteringIClientBuilderExtensions
{
    /// <summary>Finds the gateways of the cluster in Redis.</summary>
    public static IClientBuilder UseRedisClustering(
        this IClientBuilder builder, Action<RedisClusteringOptions> configuration)
    {
        builder.Services.AddRedisMembershipTable(configuration);
        builder.Services.AddSingleton<IGatewayListProvider, RedisGatewayListProvider>();
        return builder;
    }

    /// <inheritdoc cref="UseRedisClustering(IClientBuilder, Action{RedisClusteringOptions})"/>
    public static IClientBuilder UseRedisClustering(this IClientBuilder builder, string redisConnectionString) =>
        builder.UseRedisClustering(options =>
            options.ConfigurationOptions = ConfigurationOptions.Parse(redisConnectionString));
}

file static class Registration
{
    public static void AddRedisMembershipTable(
        this IServiceCollection services, Action<RedisClusteringOptions> configuration)
    {
        services.Configure(configuration);
        services.TryAddSingleton<RedisConnections>();
        services.TryAddSingleton(static provider => new RedisMembershipTable(
            provider.GetRequiredService<IOptions<RedisClusteringOptions>>().Value,
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value,
            provider.GetRequiredService<RedisConnections>()));
    }
}
