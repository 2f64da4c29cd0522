using CoffeePayment.Engine.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Persistence;

public static class RedisGrainStorageFactory
{
    /// <summary>The storage of that name.</summary>
    /// <exception cref="OrleansConfigurationException">Nobody said which Redis.</exception>
    public static RedisGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(name);
        if (options.ConfigurationOptions is null)
        {
            throw new OrleansConfigurationException(
                $"Invalid configuration for RedisGrainStorage with name {name}. "
                + "RedisStorageOptions.ConfigurationOptions is required.");
        }

        return new RedisGrainStorage(
            name,
            options,
            services.GetService<IGrainStorageSerializer>(),
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            services.GetRequiredService<RedisConnections>());
    }
}
