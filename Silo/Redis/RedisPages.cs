using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>
/// Pages of a sorted set whose scores are times and whose members are ids, from any pair of time and id on, whether
/// there is such an entry or not. A page costs the logarithm of the set, however many entries share a time: the place
/// in it is found by halving.
/// </summary>
internal static class RedisPages
{
    // Lua compares strings as the server's locale has it; ids are ordered by their bytes.
    private const string Below =
        """
        local function below(a, b)
          for i = 1, math.min(#a, #b) do
            local x, y = string.byte(a, i), string.byte(b, i)
            if x ~= y then return x < y end
          end
          return #a < #b
        end

        """;

    /// <summary>Entries below (time, id), the latest first, ties by descending id.</summary>
    private static readonly RedisScript DescendingScript = new(
        Below + """
        local low = redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[1], '+inf')
        local high = low + redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1])
        while low < high do
          local middle = math.floor((low + high) / 2)
          local id = redis.call('ZREVRANGE', KEYS[1], middle, middle)[1]
          if below(id, ARGV[2]) then high = middle else low = middle + 1 end
        end
        return redis.call('ZREVRANGE', KEYS[1], low, low + ARGV[3] - 1, 'WITHSCORES')
        """);

    /// <summary>Entries above (time, id) and before another time, the earliest first, ties by ascending id.</summary>
    private static readonly RedisScript AscendingScript = new(
        Below + """
        local low = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[1])
        local high = low + redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1])
        while low < high do
          local middle = math.floor((low + high) / 2)
          local id = redis.call('ZRANGE', KEYS[1], middle, middle)[1]
          if below(ARGV[2], id) then high = middle else low = middle + 1 end
        end
        local last = math.min(low + ARGV[3], redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[4])) - 1
        if last < low then return {} end
        return redis.call('ZRANGE', KEYS[1], low, last, 'WITHSCORES')
        """);

    /// <summary>One page of a list, newest first.</summary>
    public static async ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        RedisConnection redis,
        string what,
        RedisKey key,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MaxValue);
        var page = await ReadDescendingAsync(
            redis, what, key, (UnixMilliseconds.Floor(from.At), from.OrderId), limit, cancellationToken);
        return page.ConvertAll(entry => new StatusEntry(entry.Id, entry.At));
    }

    public static async Task<List<(string Id, DateTimeOffset At)>> ReadDescendingAsync(
        RedisConnection redis,
        string what,
        RedisKey key,
        (long Ms, string Id) below,
        int limit,
        CancellationToken cancellationToken) => Read(await redis.RunAsync(
            what, DescendingScript, [key], [below.Ms, below.Id, limit], cancellationToken));

    public static async Task<List<(string Id, DateTimeOffset At)>> ReadAscendingAsync(
        RedisConnection redis,
        string what,
        RedisKey key,
        (long Ms, string Id) above,
        long beforeMs,
        int limit,
        CancellationToken cancellationToken) => Read(await redis.RunAsync(
            what, AscendingScript, [key], [above.Ms, above.Id, limit, beforeMs], cancellationToken));

    private static List<(string Id, DateTimeOffset At)> Read(RedisResult result)
    {
        var parts = (RedisValue[])result!;
        var entries = new List<(string, DateTimeOffset)>(parts.Length / 2);
        for (var i = 0; i < parts.Length; i += 2)
            entries.Add((parts[i]!, UnixMilliseconds.ToTime((long)parts[i + 1])));

        return entries;
    }
}
