using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Redis;

/// <summary>The orders of each machine, in a sorted set of its own (<see cref="RedisIndexKeys.OfMachine"/>).</summary>
public sealed class RedisMachineIndex(RedisConnection redis, RedisIndexKeys keys) : IMachineIndex
{
    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        string deviceUuid, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
        RedisPages.ListAsync(
            redis, "list a machine's orders", keys.OfMachine(deviceUuid), after, limit, cancellationToken);
}
