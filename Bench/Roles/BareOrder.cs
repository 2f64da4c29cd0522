using System.Globalization;
using StackExchange.Redis;

namespace CoffeePayment.Bench.Roles;

/// <summary>An order of the bare loop: what a check needs, and the etag that it wrote last.</summary>
internal sealed class BareOrder(BareLoop loop, int number, Uri address) : IThreadPoolWorkItem
{
    private int _isUnderWay;

    public Uri Address { get; } = address;

    public RedisKey Key { get; } = $"bare/state/order/{number.ToString(CultureInfo.InvariantCulture)}/order";

    public RedisValue Id { get; } = $"bench-{number.ToString(CultureInfo.InvariantCulture)}";

    public RedisValue Etag { get; set; } = Guid.NewGuid().ToString("N");

    public void Execute()
    {
        // As in the service, checks of one order do not overlap.
        if (Interlocked.Exchange(ref _isUnderWay, 1) == 0) _ = CheckAsync();
    }

    private async Task CheckAsync()
    {
        await loop.CheckAsync(this);
        Volatile.Write(ref _isUnderWay, 0);
    }
}
