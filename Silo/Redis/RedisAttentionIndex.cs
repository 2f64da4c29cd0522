using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Redis;

/// <summary>The orders that wait for a person, in the sorted set <see cref="RedisIndexKeys.Attention"/>.</summary>
public sealed class RedisAttentionIndex(RedisConnection redis, RedisIndexKeys keys) : IAttentionIndex
{
    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        RedisPages.ListAsync(redis, "list what needs attention", keys.Attention, after, limit, cancellationToken);

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => await redis.CallAsync(
        "count what needs attention",
        database => database.SortedSetLengthAsync(keys.Attention),
        cancellationToken);
}
