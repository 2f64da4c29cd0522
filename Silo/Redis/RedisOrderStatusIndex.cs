using CoffeePayment.Hosting.Redis;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>
/// Orders by status: a sorted set <c>{ServiceId}/orders/{status}</c> for each, scored by time in milliseconds. An order
/// is moved in one step out of all of them into one, so that there is nothing beside them which could differ.
/// </summary>
public sealed class RedisOrderStatusIndex(RedisConnection redis, IOptions<ClusterOptions> cluster) : IOrderStatusIndex
{
    private static readonly OrderStatus[] Statuses = Enum.GetValues<OrderStatus>();

    // Without a time the order is only removed.
    private static readonly RedisScript MoveScript = new(
        """
        local into = tonumber(ARGV[2])
        for i, key in ipairs(KEYS) do
          if i ~= into then redis.call('ZREM', key, ARGV[1]) end
        end
        if into > 0 then redis.call('ZADD', KEYS[into], ARGV[3], ARGV[1]) end
        return 1
        """);

    private readonly RedisKey[] _keys =
        [.. Statuses.Select(status => (RedisKey)$"{cluster.Value.ServiceId}/orders/{OrderStatusNames.Of(status)}")];

    public async ValueTask PutAsync(
        string orderId, OrderStatus status, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await redis.RunAsync(
            "list an order",
            MoveScript,
            _keys,
            [orderId, Array.IndexOf(Statuses, status) + 1, UnixMilliseconds.Floor(at)],
            cancellationToken);

    public async ValueTask RemoveAsync(string orderId, CancellationToken cancellationToken = default) =>
        await redis.RunAsync("take an order off the lists", MoveScript, _keys, [orderId, 0], cancellationToken);

    public async ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var from = after ?? new StatusEntry("", DateTimeOffset.MaxValue);
        var page = await RedisPages.ReadDescendingAsync(
            redis, "list orders", KeyOf(status), (UnixMilliseconds.Floor(from.At), from.OrderId), limit,
            cancellationToken);
        return page.ConvertAll(entry => new StatusEntry(entry.Id, entry.At));
    }

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
            redis, "list old orders", KeyOf(status), (UnixMilliseconds.Floor(from.At), from.OrderId),
            UnixMilliseconds.Ceiling(before), limit, cancellationToken);
        return page.ConvertAll(entry => new StatusEntry(entry.Id, entry.At));
    }

    public async ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(
        CancellationToken cancellationToken = default)
    {
        var counts = await Task.WhenAll(Statuses.Select(status => redis.CallAsync(
            "count orders", database => database.SortedSetLengthAsync(KeyOf(status)), cancellationToken)));
        return Statuses.Zip(counts).Where(pair => pair.Second > 0).ToDictionary();
    }

    private RedisKey KeyOf(OrderStatus status) => _keys[Array.IndexOf(Statuses, status)];
}
