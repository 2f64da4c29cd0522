using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Api.Hosting;

/// <summary>
/// Whether the cluster has a silo, and that one reaches the orders: without its storage it takes none.
/// </summary>
internal sealed class ClusterCheck(ClusterLink link) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!link.IsUp) return HealthCheckResult.Unhealthy("No silo has been found yet.");

        var silos = await CountAsync().WaitAsync(cancellationToken);
        if (silos == 0) return HealthCheckResult.Unhealthy("No silo is active.");

        var orders = await link.Grains.GetGrain<IOrderDirectoryGrain>(0).CountAsync().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy($"{silos} silos are active; {orders.Scheduled} orders are to be looked at");
    }

    private async Task<int> CountAsync() =>
        (await link.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;
}
