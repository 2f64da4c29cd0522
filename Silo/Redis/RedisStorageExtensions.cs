using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CoffeePayment.Silo.Redis;

/// <summary>Puts everything that a cluster stores into one Redis, over one connection a process.</summary>
public static class RedisStorageExtensions
{
    /// <summary>
    /// Registers the connection and, on it, the indexes and what writes them. Asking for
    /// <see cref="RedisConnection"/> and waiting for it before the host starts turns an unreachable Redis into one line
    /// (<see cref="RedisStorageException"/>).
    /// </summary>
    public static IServiceCollection AddRedisStorage(this IServiceCollection services, Action<RedisOptions> configure)
    {
        services.AddRedisConnection(configure);
        services.AddSingleton<RedisIndexKeys>();
        services.AddSingleton<IOrderIndexWriter, RedisOrderIndexWriter>();
        services.AddSingleton<IPendingPaymentIndex, RedisPendingPaymentIndex>();
        services.AddSingleton<IPaymentReferenceIndex, RedisPaymentReferenceIndex>();
        services.AddSingleton<IOrderStatusIndex, RedisOrderStatusIndex>();
        services.AddSingleton<IAttentionIndex, RedisAttentionIndex>();
        services.AddSingleton<IMachineIndex, RedisMachineIndex>();
        services.AddSingleton<RedisListUpgrade>();
        return services;
    }

    /// <summary>
    /// Stores the states of the provider <paramref name="name"/> in the Redis of <see cref="AddRedisStorage"/>, as JSON
    /// (<see cref="JsonGrainStateSerializer"/>). A state that is cleared leaves nothing behind.
    /// </summary>
    public static ISiloBuilder AddCoffeeRedisGrainStorage(this ISiloBuilder builder, string name) =>
        builder.AddRedisGrainStorage(name, options => options.Configure<RedisConnection, IOptions<RedisOptions>>(
            static (storage, connection, redis) =>
            {
                storage.ConfigurationOptions = redis.Value.Configuration!;
                storage.CreateMultiplexer = _ => connection.ShareAsync();
                storage.GrainStorageSerializer = new JsonGrainStateSerializer(OrderJsonContext.Default);
                storage.DeleteStateOnClear = true;
            }));

    /// <summary>Keeps reminders in the Redis of <see cref="AddRedisStorage"/>.</summary>
    public static ISiloBuilder UseCoffeeRedisReminders(this ISiloBuilder builder)
    {
        builder.UseRedisReminderService(static _ => { });
        builder.Services.AddOptions<RedisReminderTableOptions>()
            .Configure<RedisConnection, IOptions<RedisOptions>>(static (reminders, connection, redis) =>
            {
                reminders.ConfigurationOptions = redis.Value.Configuration!;
                reminders.CreateMultiplexer = _ => connection.ShareAsync();
            });
        return builder;
    }
}
