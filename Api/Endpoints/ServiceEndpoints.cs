using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Sweeps now, and tells how the whole service is doing.</summary>
internal sealed class ServiceEndpoints(
    IGrainFactory grains, GrainCalls calls, StatsReader stats, AuditLog audit)
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

    public async Task GetStatsAsync(HttpContext context) => await Responses.WriteJsonAsync(
        context,
        StatusCodes.Status200OK,
        await stats.ReadAsync(context.RequestAborted),
        ApiJson.Context.StatsResponse);

    public async Task GetHistoryAsync(HttpContext context) => await Responses.WriteJsonAsync(
        context,
        StatusCodes.Status200OK,
        await stats.ReadHistoryAsync(after: null, context.RequestAborted),
        ApiJson.Context.StatsHistoryResponse);
}
