using CoffeePayment.Hosting.Redis;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Redis;

/// <summary>
/// Puts the orders of a Redis that was used before there was an attention list, and a list for each machine, into them,
/// once: out of their states, page by page, so that other silos get their turn. Of its machine's orders each is listed
/// by when it got to its status; one that changes its status meanwhile may be left out until it changes again.
/// </summary>
public sealed class RedisListUpgrade(RedisConnection redis, RedisIndexKeys keys)
{
    private const int PageSize = 200;

    /// <summary>The cursor that a scan begins and ends with.</summary>
    private const string Start = "0";

    private static readonly OrderStatus[] Waiting =
        [OrderStatus.ManualMake, OrderStatus.MakeFailed, OrderStatus.Failed];

    private static readonly RedisScript PageScript = new(
        """
        local statuses, attention, by_order = KEYS[1], KEYS[2], KEYS[3]
        local machines, states, is_waiting = ARGV[1], ARGV[2], ARGV[3] == '1'
        local scan = redis.call('ZSCAN', statuses, ARGV[4], 'COUNT', ARGV[5])
        local page = scan[2]
        for i = 1, #page, 2 do
          local order, at = page[i], page[i + 1]
          local readable, state = pcall(cjson.decode, redis.call('HGET', states .. order .. '/order', 'data') or '')
          if readable then
            local registration = state.registration
            local payment, machine = registration.payment_reference_id, registration.device_uuid
            redis.call('ZADD', by_order, 0, order .. '/' .. payment .. '/' .. machine)
            redis.call('ZADD', machines .. machine, 'NX', at, order)
            if is_waiting and not state.is_resolved then redis.call('ZADD', attention, at, order) end
          end
        end
        return scan[1]
        """);

    /// <summary>Does it, unless it has been done.</summary>
    /// <exception cref="RedisStorageException">Redis failed; the next start tries again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (await redis.CallAsync(
            "look for its lists", database => database.KeyExistsAsync(keys.ListsMarker), cancellationToken))
            return;

        foreach (var status in Enum.GetValues<OrderStatus>()) await ListAsync(status, cancellationToken);
        await redis.CallAsync(
            "note that its lists are there",
            database => database.StringSetAsync(keys.ListsMarker, 1),
            cancellationToken);
    }

    private async Task ListAsync(OrderStatus status, CancellationToken cancellationToken)
    {
        // By a cursor, which leaves out none that is there all the time, whatever comes and goes meanwhile.
        var cursor = Start;
        do
        {
            cursor = (string)(await redis.RunAsync(
                $"list orders that are {OrderStatusNames.Of(status)}",
                PageScript,
                [keys.Of(status), keys.Attention, keys.PaymentsByOrder],
                [keys.MachinePrefix, keys.StatePrefix, Waiting.Contains(status) ? 1 : 0, cursor, PageSize],
                cancellationToken))!;
        }
        while (cursor != Start);
    }
}
