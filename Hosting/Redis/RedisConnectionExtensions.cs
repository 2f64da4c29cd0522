namespace CoffeePayment.Hosting.Redis;

/// <summary>Puts the process's one connection to Redis into a host.</summary>
public static class RedisConnectionExtensions
{
    /// <summary>Registers the connection. It is made when it is first asked for.</summary>
    public static IServiceCollection AddRedisConnection(
        this IServiceCollection services, Action<RedisOptions> configure)
    {
        services.AddOptions<RedisOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RedisConnection>();
        return services;
    }
}
