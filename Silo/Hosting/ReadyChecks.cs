using CoffeePayment.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
        await writer.ForgetAsync(NoOrder, cancellationToken);
        var pending = await index.CountAsync(cancellationToken);
        return HealthCheckResult.Healthy($"{pending} orders are to be looked at");
    }
}
