using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Redis;

/// <summary>What is due, in the sorted set <see cref="RedisIndexKeys.Pending"/>.</summary>
public sealed class RedisPendingPaymentIndex(RedisConnection redis, RedisIndexKeys keys) : IPendingPaymentIndex
{
    public async ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var page = await RedisPages.ReadDescendingAsync(
            redis, "read what is overdue", keys.Pending, DueBounds.Below(dueBefore, after), limit, cancellationToken);
        return page.ConvertAll(entry => new DueEntry(entry.Id, entry.At));
    }

    public async ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
        DateTimeOffset dueFrom,
        DateTimeOffset dueBefore,
        DueEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var page = await RedisPages.ReadAscendingAsync(
            redis, "read what is due", keys.Pending, DueBounds.Above(dueFrom, after),
            UnixMilliseconds.Ceiling(dueBefore), limit, cancellationToken);
        return page.ConvertAll(entry => new DueEntry(entry.Id, entry.At));
    }

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => await redis.CallAsync(
        "count the pending orders", database => database.SortedSetLengthAsync(keys.Pending), cancellationToken);
}
