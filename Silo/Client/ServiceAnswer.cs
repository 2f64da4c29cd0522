using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Silo.Client;

/// <summary>What the service answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body as it came.</param>
/// <param name="RetryAfter">How long the service wants to be left alone; null if it does not say.</param>
internal sealed record ServiceAnswer(int Status, string Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The problem that the service describes; null if the body is none.</summary>
    public Problem? Problem { get; } = IsJsonObject(Body) ? TryRead(Body, ApiJson.Context.Problem) : null;

    /// <summary>The answer as what it must be.</summary>
    /// <exception cref="CommandFailure">The service said no, or this is not the service.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        ThrowUnlessSuccess();
        return TryRead(Body, type) ?? throw new CommandFailure(
            ExitCodes.Unreachable, "The answer is not one of CoffeePayment's: is --url right?");
    }

    /// <summary>Goes on only with an answer that says yes.</summary>
    /// <exception cref="CommandFailure">The service said no.</exception>
    public void ThrowUnlessSuccess()
    {
        if (IsSuccess) return;

        throw new CommandFailure(ExitCode, Line) { Document = Problem is null ? null : Body };
    }

    /// <summary>Why the service said no, in one line.</summary>
    public string Line => Problem switch
    {
        { Errors: { Count: > 0 } errors } =>
            string.Join("; ", errors.Select(error => $"{error.Key} {string.Join(", ", error.Value)}")),
        { TraceId: { } traceId } problem => $"{problem.Detail} Trace id: {traceId}.",
        { } problem => problem.Detail,
        null => $"The service answered with status {Status}.",
    };

    private int ExitCode => Status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ExitCodes.NotLetIn,
        StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests => ExitCodes.Unable,
        >= 500 => ExitCodes.Unable,
        >= 400 => ExitCodes.Refused,
        _ => ExitCodes.Unreachable,
    };

    private static bool IsJsonObject(string body) => body.AsSpan().TrimStart().StartsWith('{');

    private static T? TryRead<T>(string body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
