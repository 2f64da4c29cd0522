using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Redis;

/// <summary>Which order a payment pays, in the hash <see cref="RedisIndexKeys.Payments"/>.</summary>
public sealed class RedisPaymentReferenceIndex(RedisConnection redis, RedisIndexKeys keys) : IPaymentReferenceIndex
{
    public async ValueTask<string?> FindAsync(
        string paymentReferenceId, CancellationToken cancellationToken = default) => await redis.CallAsync(
            "find a payment",
            database => database.HashGetAsync(keys.Payments, paymentReferenceId),
            cancellationToken);
}
