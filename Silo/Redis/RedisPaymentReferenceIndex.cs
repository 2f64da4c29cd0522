using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>
/// Payment references: one hash <c>{ServiceId}/payments</c> from payment to order, and for the way back one sorted set
/// <c>{ServiceId}/payments/by-order</c> of <c>order/payment</c>, which no id of an order makes ambiguous.
/// </summary>
public sealed class RedisPaymentReferenceIndex(RedisConnection redis, IOptions<ClusterOptions> cluster)
    : IPaymentReferenceIndex
{
    private static readonly RedisScript ReserveScript = new(
        """
        local owner = redis.call('HGET', KEYS[1], ARGV[1])
        if owner then return owner end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('ZADD', KEYS[2], 0, ARGV[2] .. '/' .. ARGV[1])
        return ARGV[2]
        """);

    // '0' is what follows '/'.
    private static readonly RedisScript ReleaseScript = new(
        """
        local from, to = '[' .. ARGV[1] .. '/', '(' .. ARGV[1] .. '0'
        for _, pair in ipairs(redis.call('ZRANGEBYLEX', KEYS[2], from, to)) do
          redis.call('HDEL', KEYS[1], string.sub(pair, #ARGV[1] + 2))
        end
        return redis.call('ZREMRANGEBYLEX', KEYS[2], from, to)
        """);

    private readonly RedisKey[] _keys =
        [$"{cluster.Value.ServiceId}/payments", $"{cluster.Value.ServiceId}/payments/by-order"];

    public async ValueTask<string> ReserveAsync(
        string paymentReferenceId, string orderId, CancellationToken cancellationToken = default) =>
        (string)(await redis.RunAsync(
            "reserve a payment", ReserveScript, _keys, [paymentReferenceId, orderId], cancellationToken))!;

    public async ValueTask<string?> FindAsync(
        string paymentReferenceId, CancellationToken cancellationToken = default) => await redis.CallAsync(
            "find a payment", database => database.HashGetAsync(_keys[0], paymentReferenceId), cancellationToken);

    public async ValueTask ReleaseAsync(string orderId, CancellationToken cancellationToken = default) =>
        await redis.RunAsync("release a payment", ReleaseScript, _keys, [orderId], cancellationToken);
}
