using CoffeePayment.Engine.Redis;
using StackExchange.Redis;

namespace Orleans.Configuration;

/// <summary>Where reminders are kept in Redis.</summary>
public class RedisReminderTableOptions
{
    /// <summary>Which Redis. Required.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <inheritdoc cref="Persistence.RedisStorageOptions.CreateMultiplexer"/>
    public Func<RedisReminderTableOptions, Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>> CreateMultiplexer
    {
        get;
        set;
    } = DefaultCreateMultiplexer;

    /// <summary>
    /// How long the reminders stay after one was last written: for tests, which leave nothing behind. Default: null,
    /// for ever.
    /// </summary>
    public TimeSpan? EntryExpiry { get; set; }

    /// <inheritdoc cref="Persistence.RedisStorageOptions.DefaultCreateMultiplexer"/>
    public static async Task<(IConnectionMultiplexer Multiplexer, bool IsShared)> DefaultCreateMultiplexer(
        RedisReminderTableOptions options) =>
        (await RedisConnections.ConnectAsync(options.ConfigurationOptions!), false);
}
