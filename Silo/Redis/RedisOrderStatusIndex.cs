using CoffeePayment.Hosting.Redis;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Redis;

/// <summary>Orders by status, in the sorted sets <see cref="RedisIndexKeys.Statuses"/>.</summary>
public sealed class RedisOrderStatusIndex(RedisConnection redis, RedisIndexKeys keys) : IOrderStatusIndex
{
    private static readonly OrderStatus[] Statuses = Enum.GetValues<OrderStatus>();

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        RedisPages.ListAsync(redis, "list orders", keys.Of(status), after, limit, cancellationToken);

    public async ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MinValue);
        var page = await RedisPages.ReadAscendingAsync(
            redis, "list old orders", keys.Of(status), (UnixMilliseconds.Floor(from.At), from.OrderId),
            UnixMilliseconds.Ceiling(before), limit, cancellationToken);
        return page.ConvertAll(entry => new StatusEntry(entry.Id, entry.At));
    }

    public async ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(
        CancellationToken cancellationToken = default)
    {
        var counts = await Task.WhenAll(Statuses.Select(status => redis.CallAsync(
            "count orders", database => database.SortedSetLengthAsync(keys.Of(status)), cancellationToken)));
        return Statuses.Zip(counts).Where(pair => pair.Second > 0).ToDictionary();
    }
}
