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

        // No id is empty, so this is below all entries that are due at that millisecond.
        var bound = (DueMs: UnixMilliseconds.Ceiling(dueBefore), OrderId: "");
        if (after is { } last && UnixMilliseconds.Floor(last.DueAt) < bound.DueMs)
            bound = (UnixMilliseconds.Floor(last.DueAt), last.OrderId);

        var page = await RedisPages.ReadDescendingAsync(
            redis, "read what is overdue", keys.Pending, bound, limit, cancellationToken);
        return page.ConvertAll(entry => new DueEntry(entry.Id, entry.At));
    }

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => await redis.CallAsync(
        "count the pending orders", database => database.SortedSetLengthAsync(keys.Pending), cancellationToken);
}
