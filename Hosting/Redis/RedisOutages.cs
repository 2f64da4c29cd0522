using Orleans.Serialization;
using StackExchange.Redis;

namespace CoffeePayment.Hosting.Redis;

/// <summary>Tells that Redis is away from other failures.</summary>
public static class RedisOutages
{
    /// <summary>
    /// What Orleans' providers throw, by name: the API in front of a cluster does not have them, and hears of what they
    /// threw in a silo from a stand-in.
    /// </summary>
    private static readonly string[] Providers =
    [
        "Orleans.Persistence.Redis.RedisStorageException",
        "Orleans.Reminders.Redis.RedisRemindersException",
        "Orleans.Clustering.Redis.RedisClusteringException",
    ];

    /// <summary>
    /// Whether the exception itself, not one that caused it, says that Redis did not do its part: ours, those of
    /// Orleans' providers, and those of the client.
    /// </summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisStorageException or RedisException or RedisTimeoutException
            || Array.Exists(Providers, name => TypeOf(exception).StartsWith(name, StringComparison.Ordinal));

    private static string TypeOf(Exception exception) =>
        (exception as UnavailableExceptionFallbackException)?.ExceptionType ?? exception.GetType().FullName!;
}
