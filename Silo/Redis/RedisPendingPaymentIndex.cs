using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>The due index: one sorted set <c>{ServiceId}/pending</c>, scored by due time in milliseconds.</summary>
public sealed class RedisPendingPaymentIndex(RedisConnection redis, IOptions<ClusterOptions> cluster)
    : IPendingPaymentIndex
{
    private readonly RedisKey _key = $"{cluster.Value.ServiceId}/pending";

    public async ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) => await redis.CallAsync(
            "schedule an order",
            database => database.SortedSetAddAsync(_key, orderId, UnixMilliseconds.Floor(dueAt)),
            cancellationToken);

    public async ValueTask RemoveAsync(string orderId, CancellationToken cancellationToken = default) =>
        await redis.CallAsync(
            "take an order off the due index",
            database => database.SortedSetRemoveAsync(_key, orderId),
            cancellationToken);

    public async ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

        // No id is empty, so this is below all entries that are due at that millisecond.
        var bound = (DueMs: UnixMilliseconds.Ceiling(dueBefore), OrderId: "");
        if (after is { } last && UnixMilliseconds.Floor(last.DueAt) < bound.DueMs)
            bound = (UnixMilliseconds.Floor(last.DueAt), last.OrderId);

        var page = await RedisPages.ReadDescendingAsync(
            redis, "read what is overdue", _key, bound, limit, cancellationToken);
        return page.ConvertAll(entry => new DueEntry(entry.Id, entry.At));
    }

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => await redis.CallAsync(
        "count the pending orders", database => database.SortedSetLengthAsync(_key), cancellationToken);
}
