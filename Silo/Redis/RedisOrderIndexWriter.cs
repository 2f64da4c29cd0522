using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>
/// Writes the indexes by one script, so that each change is one step; those of many orders share a command. An order is
/// moved out of all lists into one, so that there is nothing beside them which could differ.
/// </summary>
public sealed class RedisOrderIndexWriter : IOrderIndexWriter, IDisposable
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

    private const int ArgumentsPerChange = 5;

    private readonly RedisKey _pending;
    private readonly RedisKey[] _keys;
    private readonly GroupedCalls<RedisValue[], string> _changes;
    private readonly GroupedCalls<SortedSetEntry, bool> _schedules;

    public RedisOrderIndexWriter(RedisConnection redis, RedisIndexKeys keys)
    {
        _pending = keys.Pending;
        _keys = [keys.Pending, keys.Payments, keys.PaymentsByOrder, .. keys.Statuses];
        _changes = redis.Group<RedisValue[], string>(SendChangesAsync);
        _schedules = redis.Group<SortedSetEntry, bool>(SendSchedulesAsync);
    }

    public ValueTask<string> EnlistAsync(
        string paymentReferenceId, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        new(RedisConnection.CallAsync(
            "enlist an order", _changes, ChangeOf(paymentReferenceId, entry), cancellationToken));

    public ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        new(RedisConnection.CallAsync("list an order", _changes, ChangeOf("", entry), cancellationToken));

    public ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
        new(RedisConnection.CallAsync(
            "schedule an order",
            _schedules,
            new SortedSetEntry(orderId, UnixMilliseconds.Floor(dueAt)),
            cancellationToken));

    public ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default) =>
        new(RedisConnection.CallAsync("forget an order", _changes, [orderId, "", 0, "", ""], cancellationToken));

    public void Dispose()
    {
        _changes.Dispose();
        _schedules.Dispose();
    }

    private static RedisValue[] ChangeOf(string payment, OrderIndexEntry entry) =>
    [
        entry.OrderId,
        payment,
        (int)entry.Status + 1,
        UnixMilliseconds.Floor(entry.StatusAt),
        entry.DueAt is { } dueAt ? UnixMilliseconds.Floor(dueAt) : RedisValue.EmptyString,
    ];

    private async Task<IReadOnlyList<string>> SendChangesAsync(
        IDatabase database, IReadOnlyList<RedisValue[]> changes)
    {
        var arguments = new RedisValue[ArgumentsPerChange * changes.Count];
        for (var i = 0; i < changes.Count; i++) changes[i].CopyTo(arguments, ArgumentsPerChange * i);
        var holders = await RedisConnection.EvaluateAsync(database, ChangeScript, _keys, arguments)
            .ConfigureAwait(false);
        return Array.ConvertAll((RedisValue[])holders!, static holder => holder.ToString());
    }

    /// <summary>An order that is there twice is left where it was put last.</summary>
    private async Task<IReadOnlyList<bool>> SendSchedulesAsync(
        IDatabase database, IReadOnlyList<SortedSetEntry> entries)
    {
        await database.SortedSetAddAsync(_pending, [.. entries]).ConfigureAwait(false);
        return new bool[entries.Count];
    }
}
