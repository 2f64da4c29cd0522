using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Api.Hosting;

/// <summary>Whether the cluster answers, and has a silo that takes orders.</summary>
internal sealed class ClusterCheck(ClusterLink link) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!link.IsUp) return HealthCheckResult.Unhealthy("No silo has been found yet.");

        var silos = await CountAsync().WaitAsync(cancellationToken);
        return silos > 0
            ? HealthCheckResult.Healthy($"{silos} silos are active")
            : HealthCheckResult.Unhealthy("No silo is active.");
    }

    private async Task<int> CountAsync() =>
        (await link.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;
}
