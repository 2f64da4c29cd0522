using CoffeePayment.Grouping;
using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>Writes grain states by compare-and-set, those of many grains in one script.</summary>
internal sealed class StateWriter : IDisposable
{
    private const char Failure = '-';

    // Arguments: how long states stay, in milliseconds, empty for ever; then for each key the expected etag, the new
    // one and the data. Answers for each key nothing if it was done, "=" and the stored etag, or "-" and what is wrong
    // with it. One that is wrong leaves the others alone.
    private static readonly RedisScript Script = new(
        """
        local function write(key, etag, new_etag, data)
          local stored = redis.pcall('HGET', key, 'etag') or ''
          if type(stored) == 'table' then return '-' .. stored.err end
          if stored ~= etag then return '=' .. stored end
          local done = redis.pcall('HSET', key, 'etag', new_etag, 'data', data)
          if type(done) == 'table' then return '-' .. done.err end
          if ARGV[1] ~= '' then redis.call('PEXPIRE', key, ARGV[1]) end
          return false
        end

        local outcomes = {}
        for i, key in ipairs(KEYS) do
          outcomes[i] = write(key, ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1])
        end
        return outcomes
        """);

    private readonly RedisClient _client;
    private readonly RedisValue _expiryMs;

    // A state's first write ends a registration, and a customer waits for it; of the others there are many more, mostly
    // of checks, for which nobody waits. Apart, each wait for company only where there are enough of their kind.
    private readonly GroupedCalls<StateWrite, string?> _firsts;
    private readonly GroupedCalls<StateWrite, string?> _others;

    /// <summary>Makes a writer.</summary>
    /// <param name="client">Redis.</param>
    /// <param name="expiry">How long a state stays after it was last written; null for ever.</param>
    public StateWriter(RedisClient client, TimeSpan? expiry)
    {
        _client = client;
        _expiryMs = expiry is { } time ? (long)time.TotalMilliseconds : RedisValue.EmptyString;
        _firsts = Group(Gathering.Short);
        _others = Group(Gathering.Long);

        GroupedCalls<StateWrite, string?> Group(Gathering gathering) =>
            new(SendAsync, client.Timeout, gathering, TimeProvider.System);
    }

    /// <summary>Writes the state if its stored etag is the expected one.</summary>
    /// <returns>Null if it is done; otherwise the stored etag, empty if there is none.</returns>
    public async Task<string?> WriteAsync(string what, StateWrite write)
    {
        string? outcome;
        try
        {
            var calls = write.Etag.Length == 0 ? _firsts : _others;
            outcome = await calls.CallAsync(write, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisClient.IsOfRedis(exception))
        {
            throw _client.Wrapped($"{what} {write.Key}", exception);
        }

        if (outcome is null) return null;
        return outcome[0] == Failure
            ? throw _client.Wrapped($"{what} {write.Key}", new InvalidOperationException(outcome[1..]))
            : outcome[1..];
    }

    public void Dispose()
    {
        _firsts.Dispose();
        _others.Dispose();
    }

    private async Task<IReadOnlyList<string?>> SendAsync(IReadOnlyList<StateWrite> writes)
    {
        var keys = new RedisKey[writes.Count];
        var arguments = new RedisValue[1 + (3 * writes.Count)];
        arguments[0] = _expiryMs;
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = writes[i].Key;
            arguments[(3 * i) + 1] = writes[i].Etag;
            arguments[(3 * i) + 2] = writes[i].NewEtag;
            arguments[(3 * i) + 3] = writes[i].Data;
        }

        return (string?[])(await _client.EvaluateAsync(Script, keys, arguments).ConfigureAwait(false))!;
    }
}

/// <summary>What is to be written: the state, and which etag must be stored so far, empty if none.</summary>
internal readonly record struct StateWrite(RedisKey Key, string Etag, string NewEtag, RedisValue Data);
