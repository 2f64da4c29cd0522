using CoffeePayment.Engine.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Persistence;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

public static class RedisSiloBuilderExtensions
{
    /// <summary>Keeps the states that name this storage in Redis.</summary>
    public static ISiloBuilder AddRedisGrainStorage(
        this ISiloBuilder builder, string name, Action<RedisStorageOptions> configureOptions)
    {
        builder.Services.AddRedisGrainStorage(name, configureOptions);
        return builder;
    }

    /// <inheritdoc cref="AddRedisGrainStorage(ISiloBuilder, string, Action{RedisStorageOptions})"/>
    public static ISiloBuilder AddRedisGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<RedisStorageOptions>>? configureOptionsBuilder)
    {
        builder.Services.AddRedisGrainStorage(name, configureOptionsBuilder);
        return builder;
    }

    /// <inheritdoc cref="AddRedisGrainStorage(ISiloBuilder, string, Action{RedisStorageOptions})"/>
    public static ISiloBuilder AddRedisGrainStorage(this ISiloBuilder builder, string name) =>
        builder.AddRedisGrainStorage(name, (Action<OptionsBuilder<RedisStorageOptions>>?)null);

    /// <summary>Keeps the states that name no storage in Redis.</summary>
    public static ISiloBuilder AddRedisGrainStorageAsDefault(
        this ISiloBuilder builder, Action<RedisStorageOptions> configureOptions) =>
        builder.AddRedisGrainStorage("Default", configureOptions);

    /// <inheritdoc cref="AddRedisGrainStorageAsDefault(ISiloBuilder, Action{RedisStorageOptions})"/>
    public static ISiloBuilder AddRedisGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<RedisStorageOptions>>? configureOptionsBuilder) =>
        builder.AddRedisGrainStorage("Default", configureOptionsBuilder);

    /// <inheritdoc cref="AddRedisGrainStorageAsDefault(ISiloBuilder, Action{RedisStorageOptions})"/>
    public static ISiloBuilder AddRedisGrainStorageAsDefault(this ISiloBuilder builder) =>
        builder.AddRedisGrainStorage("Default");
}

public static class RedisGrainStorageServiceCollectionExtensions
{
    /// <inheritdoc cref="RedisSiloBuilderExtensions.AddRedisGrainStorage(ISiloBuilder, string, Action{RedisStorageOptions})"/>
    public static IServiceCollection AddRedisGrainStorage(
        this IServiceCollection services, string name, Action<RedisStorageOptions> configureOptions) =>
        services.AddRedisGrainStorage(name, options => options.Configure(configureOptions));

    /// <inheritdoc cref="RedisSiloBuilderExtensions.AddRedisGrainStorage(ISiloBuilder, string, Action{RedisStorageOptions})"/>
    public static IServiceCollection AddRedisGrainStorage(
        this IServiceCollection services,
        string name,
        Action<OptionsBuilder<RedisStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(services.AddOptions<RedisStorageOptions>(name));
        services.TryAddSingleton<RedisConnections>();
        return services.AddGrainStorage(name, RedisGrainStorageFactory.Create);
    }

    /// <inheritdoc cref="RedisSiloBuilderExtensions.AddRedisGrainStorageAsDefault(ISiloBuilder, Action{RedisStorageOptions})"/>
    public static IServiceCollection AddRedisGrainStorageAsDefault(
        this IServiceCollection services, Action<RedisStorageOptions> configureOptions) =>
        services.AddRedisGrainStorage("Default", configureOptions);

    /// <inheritdoc cref="RedisSiloBuilderExtensions.AddRedisGrainStorageAsDefault(ISiloBuilder, Action{RedisStorageOptions})"/>
    public static IServiceCollection AddRedisGrainStorageAsDefault(
        this IServiceCollection services, Action<OptionsBuilder<RedisStorageOptions>>? configureOptions = null) =>
        services.AddRedisGrainStorage("Default", configureOptions);
}
