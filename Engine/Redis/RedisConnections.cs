using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>
/// The connections of a host: whoever has the same configuration shares one, and none is made before somebody needs it.
/// </summary>
internal sealed class RedisConnections : IDisposable
{
    /// <summary>How long a start waits for Redis.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Task<IConnectionMultiplexer>> _shared = new(StringComparer.Ordinal);

    /// <summary>Connects as a configuration says. That Redis is away is no failure: the connection tries on.</summary>
    public static async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        var patient = configuration.Clone();
        patient.AbortOnConnectFail = false;
        return await ConnectionMultiplexer.ConnectAsync(patient).ConfigureAwait(false);
    }

    /// <summary>A client over the shared connection, or over one that <paramref name="create"/> makes.</summary>
    public async Task<RedisClient> GetAsync(
        ConfigurationOptions? configuration,
        Func<Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>>? create,
        Func<string, Exception, Exception> wrap)
    {
        if (create is null)
            return new RedisClient(await GetSharedAsync(configuration!).ConfigureAwait(false), isShared: true, wrap);

        var (multiplexer, isShared) = await create().ConfigureAwait(false);
        return new RedisClient(multiplexer, isShared, wrap);
    }

    public void Dispose()
    {
        lock (_shared)
        {
            foreach (var connecting in _shared.Values.Where(connecting => connecting.IsCompletedSuccessfully))
                connecting.Result.Dispose();
            _shared.Clear();
        }
    }

    private Task<IConnectionMultiplexer> GetSharedAsync(ConfigurationOptions configuration)
    {
        var key = configuration.ToString(includePassword: true);
        lock (_shared)
        {
            // A configuration that cannot be connected with at all fails whoever asks, each anew.
            if (!_shared.TryGetValue(key, out var connecting) || connecting.IsFaulted)
                _shared[key] = connecting = ConnectAsync(configuration);
            return connecting;
        }
    }
}
