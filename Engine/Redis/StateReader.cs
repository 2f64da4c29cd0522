using CoffeePayment.Grouping;
using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>Reads grain states, those of many grains in one script.</summary>
internal sealed class StateReader : IDisposable
{
    private const char Failure = '-';

    // Answers two values for each key: its etag and its data, nothing if there is none; or "-" and what is wrong with
    // it, and nothing. One that is wrong leaves the others alone.
    private static readonly RedisScript Script = new(
        """
        local states = {}
        for i, key in ipairs(KEYS) do
          local found = redis.pcall('HMGET', key, 'etag', 'data')
          if found.err then found = { '-' .. found.err, false } end
          states[2 * i - 1], states[2 * i] = found[1], found[2]
        end
        return states
        """);

    private static readonly RedisValue[] NoArguments = [];

    private readonly RedisClient _client;
    private readonly GroupedCalls<RedisKey, StoredState> _calls;

    /// <summary>Makes a reader.</summary>
    public StateReader(RedisClient client)
    {
        _client = client;
        _calls = new GroupedCalls<RedisKey, StoredState>(
            SendAsync, client.Timeout, Gathering.Short, TimeProvider.System);
    }

    /// <summary>What is stored there.</summary>
    public async Task<StoredState> ReadAsync(RedisKey key)
    {
        StoredState stored;
        try
        {
            stored = await _calls.CallAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisClient.IsOfRedis(exception))
        {
            throw _client.Wrapped($"read {key}", exception);
        }

        return stored is { Data.IsNull: true, Etag: [Failure, .. var failure] }
            ? throw _client.Wrapped($"read {key}", new InvalidOperationException(failure))
            : stored;
    }

    public void Dispose() => _calls.Dispose();

    private async Task<IReadOnlyList<StoredState>> SendAsync(IReadOnlyList<RedisKey> keys)
    {
        var values = (RedisValue[])(await _client.EvaluateAsync(Script, [.. keys], NoArguments)
            .ConfigureAwait(false))!;
        var states = new StoredState[keys.Count];
        for (var i = 0; i < states.Length; i++) states[i] = new StoredState(values[2 * i], values[(2 * i) + 1]);
        return states;
    }
}

/// <summary>What is stored of a grain's state.</summary>
/// <param name="Etag">Null if nothing is.</param>
/// <param name="Data">Null if nothing is; empty if it was cleared.</param>
internal readonly record struct StoredState(string? Etag, RedisValue Data);
