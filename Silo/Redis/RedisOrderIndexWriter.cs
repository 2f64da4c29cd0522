using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>
/// Writes the indexes by one script, so that each change is one step. An order is moved out of all lists into one, so
/// that there is nothing beside them which could differ.
/// </summary>
public sealed class RedisOrderIndexWriter(RedisConnection redis, RedisIndexKeys keys) : IOrderIndexWriter
{
    /// <summary>
    /// Five arguments a change: the order; its payment, empty if it is not to be claimed; the place of its status, 0 to
    /// forget the order; since when; when it is due, empty if never. Answers who has the payment. '0' follows '/'.
    /// </summary>
    private static readonly RedisScript ChangeScript = new(
        """
        local pending, payments, by_order, statuses = KEYS[1], KEYS[2], KEYS[3], 3

        local function holder(order, payment)
          if payment == '' then return order end
          local found = redis.call('HGET', payments, payment)
          if found then return found end
          redis.call('HSET', payments, payment, order)
          redis.call('ZADD', by_order, 0, order .. '/' .. payment)
          return order
        end

        local function release(order)
          local from, to = '[' .. order .. '/', '(' .. order .. '0'
          for _, pair in ipairs(redis.call('ZRANGEBYLEX', by_order, from, to)) do
            redis.call('HDEL', payments, string.sub(pair, #order + 2))
          end
          redis.call('ZREMRANGEBYLEX', by_order, from, to)
        end

        local function put(order, status, at, due)
          for i = 1, #KEYS - statuses do
            if i ~= status then redis.call('ZREM', KEYS[statuses + i], order) end
          end
          if status > 0 then redis.call('ZADD', KEYS[statuses + status], at, order) end
          if due == '' then redis.call('ZREM', pending, order) else redis.call('ZADD', pending, due, order) end
        end

        local holders = {}
        for i = 1, #ARGV, 5 do
          local order, status = ARGV[i], tonumber(ARGV[i + 2])
          local found = holder(order, ARGV[i + 1])
          if status == 0 then release(order) end
          if found == order then put(order, status, ARGV[i + 3], ARGV[i + 4]) end
          holders[#holders + 1] = found
        end
        return holders
        """);

    private readonly RedisKey[] _keys = [keys.Pending, keys.Payments, keys.PaymentsByOrder, .. keys.Statuses];

    public async ValueTask<string> EnlistAsync(
        string paymentReferenceId, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        await ChangeAsync("enlist an order", paymentReferenceId, entry, cancellationToken);

    public async ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        await ChangeAsync("list an order", "", entry, cancellationToken);

    public async ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) => await redis.CallAsync(
            "schedule an order",
            database => database.SortedSetAddAsync(keys.Pending, orderId, UnixMilliseconds.Floor(dueAt)),
            cancellationToken);

    public async ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default) =>
        await redis.RunAsync(
            "forget an order", ChangeScript, _keys, [orderId, "", 0, "", ""], cancellationToken);

    private async Task<string> ChangeAsync(
        string what, string payment, OrderIndexEntry entry, CancellationToken cancellationToken)
    {
        var holders = await redis.RunAsync(
            what,
            ChangeScript,
            _keys,
            [
                entry.OrderId,
                payment,
                (int)entry.Status + 1,
                UnixMilliseconds.Floor(entry.StatusAt),
                entry.DueAt is { } dueAt ? UnixMilliseconds.Floor(dueAt) : RedisValue.EmptyString,
            ],
            cancellationToken);
        return ((string[])holders!)[0];
    }
}
