using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using CoffeePayment.Statistics;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// What is being checked, what will be, and what the service does by itself. Looking changes nothing.
/// </summary>
internal sealed class InspectionEndpoints(IGrainFactory grains, GrainCalls calls)
{
    public async Task GetScheduleAsync(HttpContext context)
    {
        if (ScheduleQuery.Read(context.Request.Query, out var errors) is not { } query)
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        var reading = calls.RepeatAsync(
            () => grains.GetGrain<IOrderDirectoryGrain>(0).ReadScheduleAsync(query.Part, query.After, query.Limit),
            context.RequestAborted);
        var figures = FiguresAsync(context.RequestAborted);
        await Task.WhenAll(reading, figures);

        var page = await reading;
        var underWay = (await figures)
            .SelectMany(silo => silo.LongestChecks)
            .Select(check => check.OrderId)
            .ToHashSet(StringComparer.Ordinal);
        var response = new ScheduleResponse
        {
            ReadAt = page.ReadAt.ToUniversalTime(),
            Scheduled = page.Scheduled,
            Items = [.. page.Entries.Select(entry => new ScheduledOrderResponse
            {
                OrderId = entry.OrderId,
                DueAt = entry.DueAt.ToUniversalTime(),
                OverdueMs = Math.Max(0, (page.ReadAt - entry.DueAt).TotalMilliseconds),
                IsUnderWay = underWay.Contains(entry.OrderId),
            })],
            NextCursor = page.Next is { } next
                ? PageCursor.Write(WireNames.Of(query.Part), next.OrderId, next.DueAt)
                : null,
        };
        await Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, response, ApiJson.Context.ScheduleResponse);
    }

    public async Task GetChecksAsync(HttpContext context)
    {
        var figures = await FiguresAsync(context.RequestAborted);
        var response = new ChecksResponse
        {
            UnderWay = figures.Sum(silo => silo.ChecksUnderWay),
            Silos =
            [
                .. figures.OrderBy(silo => silo.Silo, StringComparer.Ordinal).Select(silo => new SiloChecksResponse
                {
                    Address = silo.Silo,
                    ReportedAt = silo.At.ToUniversalTime(),
                    UnderWay = silo.ChecksUnderWay,
                    Longest = [.. silo.LongestChecks.Select(check => ToCheck(check, silo.At))],
                }),
            ],
        };
        await Responses.WriteJsonAsync(context, StatusCodes.Status200OK, response, ApiJson.Context.ChecksResponse);
    }

    public async Task GetJobsAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        var plan = calls.RepeatAsync(() => grains.GetGrain<IOrphanSweeperGrain>(0).DescribeAsync(), stop);
        var active = calls.RepeatAsync(
            () => grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(), stop);
        await Task.WhenAll(plan, active);

        var jobs = JobsBuilder.Build(await plan, await active);
        await Responses.WriteJsonAsync(context, StatusCodes.Status200OK, jobs, ApiJson.Context.JobsResponse);
    }

    private Task<SiloFigures[]> FiguresAsync(CancellationToken stop) =>
        calls.RepeatAsync(() => grains.GetGrain<IStatisticsGrain>(0).GetAsync(), stop);

    private static CheckResponse ToCheck(ActiveCheck check, DateTimeOffset reportedAt) => new()
    {
        OrderId = check.OrderId,
        MerchantId = check.MerchantId,
        StartedAt = check.StartedAt.ToUniversalTime(),
        RunningMs = Math.Max(0, (reportedAt - check.StartedAt).TotalMilliseconds),
    };
}
