using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Sweeps now, and tells how the whole service is doing.</summary>
internal sealed class ServiceEndpoints(IGrainFactory grains, GrainCalls calls, AuditLog audit)
{
    public async Task SweepAsync(HttpContext context)
    {
        var report = await audit.WriteAsync(
            context,
            AuditAction.Sweep,
            () => calls.RepeatSlowAsync(
                () => grains.GetGrain<IOrphanSweeperGrain>(0).SweepAsync(), context.RequestAborted),
            _ => AuditOutcome.Done);
        await Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, SweepResponse.From(report), ApiJson.Context.SweepResponse);
    }

    public async Task GetStatsAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        var counts = calls.RepeatAsync(() => grains.GetGrain<IOrderDirectoryGrain>(0).CountAsync(), stop);
        var figures = calls.RepeatAsync(() => grains.GetGrain<IStatisticsGrain>(0).GetAsync(), stop);
        var hosts = calls.RepeatAsync(
            () => grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: false), stop);
        await Task.WhenAll(counts, figures, hosts);

        var stats = StatsBuilder.Build(await counts, await figures, await hosts);
        await Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, stats, ApiJson.Context.StatsResponse);
    }
}
