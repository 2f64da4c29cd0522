using CoffeePayment.Engine.Redis;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace Orleans.Persistence;

/// <summary>Where and how grain states are kept in Redis.</summary>
public class RedisStorageOptions
{
    /// <summary>Which Redis. Required.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <summary>
    /// Makes the connection, and says whether others share it, so that it stays open. Default: one connection for all
    /// providers of the process with the same <see cref="ConfigurationOptions"/>.
    /// </summary>
    public Func<RedisStorageOptions, Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>> CreateMultiplexer
    {
        get;
        set;
    } = DefaultCreateMultiplexer;

    /// <summary>How states become bytes. Default: null; the one registered, or JSON.</summary>
    public IGrainStorageSerializer? GrainStorageSerializer { get; set; }

    /// <summary>Whether a state that is cleared leaves nothing, instead of its etag. Default: false.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>How long a state stays after it was last written. Default: null, for ever.</summary>
    public TimeSpan? EntryExpiry { get; set; }

    /// <summary>
    /// The key of a state, by its name and grain. Default: null;
    /// <c>{ServiceId}/state/{grainType}/{grainKey}/{stateName}</c>.
    /// </summary>
    public Func<string, GrainId, RedisKey>? GetStorageKey { get; set; }

    /// <summary>The stage of the silo's start at which Redis must answer. Default: application services.</summary>
    public int InitStage { get; set; } = ServiceLifecycleStage.ApplicationServices;

    /// <summary>A connection of its own.</summary>
    public static async Task<(IConnectionMultiplexer Multiplexer, bool IsShared)> DefaultCreateMultiplexer(
        RedisStorageOptions options) => (await RedisConnections.ConnectAsync(options.ConfigurationOptions!), false);
}
