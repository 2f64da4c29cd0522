namespace CoffeePayment.Api.Http;

internal sealed partial class ErrorMiddleware
{
    [LoggerMessage(
        EventId = 5001,
        Level = LogLevel.Error,
        Message = "{Method} {Route} failed in a way nobody foresaw; trace {TraceId}")]
    private partial void LogUnexpected(Exception exception, string method, string route, string traceId);

    [LoggerMessage(
        EventId = 5002,
        Level = LogLevel.Warning,
        Message = "{Method} {Route} was answered with 503, as {Count} requests since the last such line")]
    private partial void LogOutage(Exception exception, string method, string route, long count);
}
