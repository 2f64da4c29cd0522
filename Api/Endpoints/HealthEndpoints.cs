using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// Whether the process lives, and whether it can do its work: the host's health checks with the tag <c>ready</c>.
/// </summary>
internal sealed class HealthEndpoints(HealthCheckService checks, TimeProvider time)
{
    public const string ReadyTag = "ready";

    /// <summary>Whoever asks gives up soon; an answer in time that says so is better than none.</summary>
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(5);

    private static readonly HealthResponse Alive = new()
    {
        Status = WireNames.Of(HealthStatus.Healthy),
        Checks = new Dictionary<string, HealthCheckResponse>(StringComparer.Ordinal),
    };

    private static readonly HealthResponse TimedOut = new()
    {
        Status = WireNames.Of(HealthStatus.Unhealthy),
        Checks = new Dictionary<string, HealthCheckResponse>(StringComparer.Ordinal)
        {
            ["timeout"] = new()
            {
                Status = WireNames.Of(HealthStatus.Unhealthy),
                Description = "The checks took too long.",
                DurationMs = ReadyTimeout.TotalMilliseconds,
            },
        },
    };

    /// <summary>Answers as long as the process serves requests at all.</summary>
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, Alive);

    public async Task ReadyAsync(HttpContext context)
    {
        using var timeout = new CancellationTokenSource(ReadyTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            var report = await checks.CheckHealthAsync(check => check.Tags.Contains(ReadyTag), stop.Token)
                .WaitAsync(stop.Token);
            var status = report.Status == HealthStatus.Unhealthy
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK;
            await WriteAsync(context, status, ToResponse(report));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, TimedOut);
        }
    }

    private static HealthResponse ToResponse(HealthReport report) => new()
    {
        Status = WireNames.Of(report.Status),
        Checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new HealthCheckResponse
            {
                Status = WireNames.Of(entry.Value.Status),
                Description = DescriptionOf(entry.Value),
                DurationMs = entry.Value.Duration.TotalMilliseconds,
            },
            StringComparer.Ordinal),
    };

    /// <summary>
    /// A check that throws is described by its exception's message, which is for the log and not for callers.
    /// </summary>
    private static string? DescriptionOf(HealthReportEntry entry) =>
        entry.Exception is { } exception && entry.Description == exception.Message
            ? "The check failed; the service's log says how."
            : entry.Description;

    private static Task WriteAsync(HttpContext context, int status, HealthResponse response) =>
        Responses.WriteJsonAsync(context, status, response, ApiJson.Context.HealthResponse);
}
