using System.Diagnostics;
using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.Http;

/// <summary>Turns what endpoints throw into problem details. Nothing of an exception gets to the client.</summary>
internal sealed partial class ErrorMiddleware(
    RequestDelegate next, OutageDetector outages, TimeProvider time, ILogger<ErrorMiddleware> logger)
{
    /// <summary>What proxies log for a client that went away; nobody is there to read it.</summary>
    private const int ClientClosedRequest = 499;

    /// <summary>During an outage every request fails alike: one line in this time says how many did.</summary>
    private static readonly TimeSpan OutageLogInterval = TimeSpan.FromSeconds(1);

    private const long Never = long.MinValue;

    private long _outagesSinceLog;
    private long _loggedAt = Never;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) context.Response.StatusCode = ClientClosedRequest;
        }
        catch (BadHttpRequestException exception)
        {
            await WriteAsync(context, ForBadRequest(exception));
        }
        catch (Exception exception) when (outages.IsOutage(exception))
        {
            CountOutage(context, exception);
            await WriteAsync(context, Problems.Unavailable);
        }
        catch (Exception exception)
        {
            var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            LogUnexpected(exception, context.Request.Method, RouteOf(context), traceId);
            await WriteAsync(context, Problems.Unexpected(traceId));
        }
    }

    private static Problem ForBadRequest(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Problems.TooLarge,
        StatusCodes.Status400BadRequest => Problems.Malformed("The request ended early or breaks the rules of HTTP."),
        _ => Problems.ForStatus(exception.StatusCode),
    };

    private static async Task WriteAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer has left; only a broken connection tells the client that the rest is missing.
            context.Abort();
            return;
        }

        context.Response.Clear();
        SecurityHeaders.Set(context);
        await Problems.WriteAsync(context, problem);
    }

    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    private void CountOutage(HttpContext context, Exception exception)
    {
        Interlocked.Increment(ref _outagesSinceLog);
        var now = time.GetTimestamp();
        var loggedAt = Interlocked.Read(ref _loggedAt);
        if (loggedAt != Never && time.GetElapsedTime(loggedAt, now) < OutageLogInterval) return;
        if (Interlocked.CompareExchange(ref _loggedAt, now, loggedAt) != loggedAt) return;

        LogOutage(exception, context.Request.Method, RouteOf(context), Interlocked.Exchange(ref _outagesSinceLog, 0));
    }
}
