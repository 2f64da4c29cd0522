using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Sweeps now, and tells how the whole service is doing.</summary>
internal sealed class ServiceEndpoints(IGrainFactory grains)
{
    public async Task SweepAsync(HttpContext context)
    {
        var report = await grains.GetGrain<IOrphanSweeperGrain>(0).SweepAsync();
        await Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, SweepResponse.From(report), ApiJson.Context.SweepResponse);
    }

    public async Task GetStatsAsync(HttpContext context)
    {
        var counts = grains.GetGrain<IOrderDirectoryGrain>(0).CountAsync();
        var figures = grains.GetGrain<IStatisticsGrain>(0).GetAsync();
        var hosts = grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: false);
        await Task.WhenAll(counts, figures, hosts);

        var stats = StatsBuilder.Build(await counts, await figures, await hosts);
        await Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, stats, ApiJson.Context.StatsResponse);
    }
}
