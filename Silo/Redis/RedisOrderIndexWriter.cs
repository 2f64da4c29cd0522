using CoffeePayment.Grouping;
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
    /// What the keys of machines begin with; then seven arguments a change: the order; its payment, machine and start,
    /// empty if it is not to be enlisted; the place of its status, 0 to forget the order, negative if it needs
    /// attention; since when; when it is due, empty if never. Answers who has the payment. '0' follows '/'. An order
    /// whose payment nobody had is on no list: not looking for it there saves Redis an eighth of a registration.
    /// </summary>
    private static readonly RedisScript ChangeScript = new(
        """
        local pending, payments, by_order, attention = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
        local before_statuses = 4
        local machines = ARGV[1]

        local function enlist(order, payment, machine, started)
          local is_new = redis.call('HSETNX', payments, payment, order) == 1
          if not is_new then
            local holder = redis.call('HGET', payments, payment)
            if holder ~= order then return holder, false end
          end
          redis.call('ZADD', by_order, 0, order .. '/' .. payment .. '/' .. machine)
          redis.call('ZADD', machines .. machine, started, order)
          return order, is_new
        end

        local function release(order)
          local from, to = '[' .. order .. '/', '(' .. order .. '0'
          for _, member in ipairs(redis.call('ZRANGEBYLEX', by_order, from, to)) do
            local rest = string.sub(member, #order + 2)
            local slash = string.find(rest, '/', 1, true)
            redis.call('HDEL', payments, slash and string.sub(rest, 1, slash - 1) or rest)
            if slash then redis.call('ZREM', machines .. string.sub(rest, slash + 1), order) end
          end
          redis.call('ZREMRANGEBYLEX', by_order, from, to)
        end

        local function withdraw(order)
          redis.call('ZREM', attention, order)
          for i = before_statuses + 1, #KEYS do redis.call('ZREM', KEYS[i], order) end
        end

        local function put(order, status, needs_attention, at, due)
          if status > 0 then redis.call('ZADD', KEYS[before_statuses + status], at, order) end
          if needs_attention then redis.call('ZADD', attention, at, order) end
          if due == '' then redis.call('ZREM', pending, order) else redis.call('ZADD', pending, due, order) end
        end

        local holders = {}
        for i = 2, #ARGV, 7 do
          local order, payment, status = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 4])
          local holder, is_new = order, false
          if payment ~= '' then holder, is_new = enlist(order, payment, ARGV[i + 2], ARGV[i + 3]) end
          if status == 0 then release(order) end
          if holder == order then
            if not is_new then withdraw(order) end
            put(order, math.abs(status), status < 0, ARGV[i + 5], ARGV[i + 6])
          end
          holders[#holders + 1] = holder
        end
        return holders
        """);

    private const int ArgumentsPerChange = 7;

    private readonly RedisConnection _redis;
    private readonly RedisKey _pending;
    private readonly RedisKey[] _keys;
    private readonly string _machinePrefix;
    private readonly GroupedCalls<RedisValue[], string> _changes;
    private readonly GroupedCalls<SortedSetEntry, bool> _schedules;

    public RedisOrderIndexWriter(RedisConnection redis, RedisIndexKeys keys)
    {
        _redis = redis;
        _pending = keys.Pending;
        _keys = [keys.Pending, keys.Payments, keys.PaymentsByOrder, keys.Attention, .. keys.Statuses];
        _machinePrefix = keys.MachinePrefix;
        _changes = redis.Group<RedisValue[], string>(SendChangesAsync, Gathering.Short);

        // An order's next check does not wait for its move.
        _schedules = redis.Group<SortedSetEntry, bool>(SendSchedulesAsync, Gathering.Long);
    }

    public ValueTask<string> EnlistAsync(
        OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        new(_redis.CallAsync("enlist an order", _changes, ChangeOf(origin, entry), cancellationToken));

    public ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        new(_redis.CallAsync("list an order", _changes, ChangeOf(origin: null, entry), cancellationToken));

    public ValueTask ScheduleAsync(
        string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
        new(_redis.CallAsync(
            "schedule an order",
            _schedules,
            new SortedSetEntry(orderId, UnixMilliseconds.Floor(dueAt)),
            cancellationToken));

    public ValueTask ForgetAsync(string orderId, CancellationToken cancellationToken = default) =>
        new(_redis.CallAsync(
            "forget an order", _changes, [orderId, "", "", "", 0, "", ""], cancellationToken));

    public void Dispose()
    {
        _changes.Dispose();
        _schedules.Dispose();
    }

    private static RedisValue[] ChangeOf(OrderOrigin? origin, OrderIndexEntry entry) =>
    [
        entry.OrderId,
        origin?.PaymentReferenceId ?? "",
        origin?.DeviceUuid ?? "",
        origin is { } known ? UnixMilliseconds.Floor(known.StartedAt) : RedisValue.EmptyString,
        (entry.NeedsAttention ? -1 : 1) * ((int)entry.Status + 1),
        UnixMilliseconds.Floor(entry.StatusAt),
        entry.DueAt is { } dueAt ? UnixMilliseconds.Floor(dueAt) : RedisValue.EmptyString,
    ];

    private async Task<IReadOnlyList<string>> SendChangesAsync(
        IDatabase database, IReadOnlyList<RedisValue[]> changes)
    {
        var arguments = new RedisValue[1 + (ArgumentsPerChange * changes.Count)];
        arguments[0] = _machinePrefix;
        for (var i = 0; i < changes.Count; i++) changes[i].CopyTo(arguments, 1 + (ArgumentsPerChange * i));
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
