using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Hosting.Redis;

/// <summary>Whether Redis answers, within 2 s.</summary>
internal sealed class RedisCheck(RedisConnection redis) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var took = await redis.PingAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy($"Redis answers in {took.TotalMilliseconds:0.0} ms");
        }
        catch (Exception exception) when (exception is RedisStorageException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("Redis does not answer", exception);
        }
    }
}
