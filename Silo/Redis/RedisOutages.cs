using CoffeePayment.Hosting.Redis;
using Orleans.Clustering.Redis;
using Orleans.Reminders.Redis;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>Tells that Redis is away from other failures.</summary>
public static class RedisOutages
{
    /// <summary>
    /// Whether the exception itself, not one that caused it, says that Redis did not do its part: ours, those of
    /// Orleans' providers, and those of the client.
    /// </summary>
    public static bool IsOutage(Exception exception) => exception
        is RedisStorageException
        or RedisException
        or RedisTimeoutException
        or Orleans.Persistence.Redis.RedisStorageException
        or RedisRemindersException
        or RedisClusteringException;
}
