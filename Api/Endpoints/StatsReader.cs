using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Asks the cluster how it is doing, and how it was.</summary>
internal sealed class StatsReader(IGrainFactory grains, GrainCalls calls)
{
    public async Task<StatsResponse> ReadAsync(CancellationToken stop)
    {
        var counts = calls.RepeatAsync(() => grains.GetGrain<IOrderDirectoryGrain>(0).CountAsync(), stop);
        var figures = calls.RepeatAsync(() => grains.GetGrain<IStatisticsGrain>(0).GetAsync(), stop);
        var hosts = calls.RepeatAsync(
            () => grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: false), stop);
        await Task.WhenAll(counts, figures, hosts);
        return StatsBuilder.Build(await counts, await figures, await hosts);
    }

    /// <summary>The last hour, or what came after a moment of it.</summary>
    public async Task<StatsHistoryResponse> ReadHistoryAsync(DateTimeOffset? after, CancellationToken stop) =>
        StatsBuilder.BuildHistory(await calls.RepeatAsync(
            () => grains.GetGrain<IStatisticsGrain>(0).GetHistoryAsync(after), stop));
}
