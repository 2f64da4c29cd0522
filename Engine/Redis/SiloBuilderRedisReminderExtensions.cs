using CoffeePayment.Engine.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

public static partial class SiloBuilderReminderExtensions
{
    /// <summary>Keeps reminders in Redis.</summary>
    public static ISiloBuilder UseRedisReminderService(
        this ISiloBuilder builder, Action<RedisReminderTableOptions> configure)
    {
        builder.Services.UseRedisReminderService(configure);
        return builder;
    }

    /// <inheritdoc cref="UseRedisReminderService(ISiloBuilder, Action{RedisReminderTableOptions})"/>
    public static IServiceCollection UseRedisReminderService(
        this IServiceCollection services, Action<RedisReminderTableOptions> configure)
    {
        services.AddReminders();
        services.Configure(configure);
        services.TryAddSingleton<RedisConnections>();
        services.AddSingleton<IReminderTable>(static provider => new RedisReminderTable(
            provider.GetRequiredService<IOptions<RedisReminderTableOptions>>().Value,
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            provider.GetRequiredService<RedisConnections>()));
        return services;
    }
}
