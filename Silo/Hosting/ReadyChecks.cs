using CoffeePayment.Hosting.Redis;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SQLitePCL;

namespace CoffeePayment.Silo.Hosting;

/// <summary>Whether grains answer: the silo is active and its scheduler runs.</summary>
internal sealed class SiloCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silos = await grains.GetGrain<IStatisticsGrain>(0).GetAsync().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy($"grains answer; {silos.Length} silos report");
    }
}

/// <summary>Whether the storage can be read and written. It writes by forgetting an order that cannot exist.</summary>
internal sealed class StorageCheck(IOrderIndexWriter writer, IPendingPaymentIndex index) : IHealthCheck
{
    private const string NoOrder = "(ready?)";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await writer.ForgetAsync(NoOrder, cancellationToken);
            var pending = await index.CountAsync(cancellationToken);
            return HealthCheckResult.Healthy($"{pending} orders are to be looked at");
        }
        catch (SqliteStorageException exception)
        {
            return HealthCheckResult.Unhealthy(Explain(exception), exception);
        }
        catch (Exception exception) when (RedisOutages.IsOutage(exception))
        {
            return HealthCheckResult.Unhealthy("Redis did not do its part", exception);
        }
    }

    // What people can do something about; the rest is for the log.
    private static string Explain(SqliteStorageException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_FULL }
            ? "Nothing can be stored: the disk is full"
            : "The database cannot be used; the service's log says why";
}
