using System.Text.Json;
using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>YooKassa's error body; <paramref name="RetryAfter"/> in milliseconds.</summary>
internal sealed record ErrorBody(
    string Type, string Id, string Code, string Description, string? Parameter = null, int? RetryAfter = null);

/// <summary>A refusal, with the code that YooKassa documents for its HTTP status.</summary>
internal sealed record ProviderError(
    int Status, string Code, string Description, string? Parameter = null, int? RetryAfter = null)
{
    public static ProviderError Unauthorized { get; } = new(
        401, "invalid_credentials", "Error in shopId or secret key. Check their validity.");

    public static ProviderError UnknownPayment { get; } = new(
        404, "not_found", "The payment does not exist, or it belongs to somebody else.", "payment_id");

    public static ProviderError UnknownPath { get; } = new(404, "not_found", "There is nothing at this address.");

    // YooKassa documents 405 and 415 without a code; its bodies have one all the same.
    public static ProviderError Method { get; } = new(405, "invalid_request", "The method is not allowed here.");

    public static ProviderError ContentType { get; } = new(
        415, "invalid_request", "The body of a POST must be application/json.", "Content-Type");

    public static ProviderError Unreadable { get; } = new(400, "invalid_request", "The body is not a JSON object.");

    public static ProviderError Invalid(string parameter, string description) =>
        new(400, "invalid_request", description, parameter);

    public static ProviderError Invalid(FieldError error) => Invalid(error.Field, $"{error.Field} {error.Message}");

    /// <summary>The error for a status that somebody has ordered.</summary>
    public static ProviderError Ordered(int status, int retryAfterMs) => status switch
    {
        401 => Unauthorized,
        403 => new(403, "forbidden", "You are not allowed to do this."),
        404 => UnknownPayment,
        405 => Method,
        415 => ContentType,
        429 => new(429, "too_many_requests", "Too many requests.", RetryAfter: retryAfterMs),
        >= 500 => new(status, "internal_server_error", "Technical difficulties; the result is unknown."),
        _ => new(status, "invalid_request", "The request was refused because the sandbox was told to refuse it."),
    };

    public void Send(HttpContext context, Chance chance)
    {
        if (Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"YooKassa\"";
        JsonAnswer.Send(
            context,
            Status,
            new ErrorBody("error", chance.NewId(), Code, Description, Parameter, RetryAfter),
            static (writer, body) => JsonSerializer.Serialize(writer, body, SandboxJson.Default.ErrorBody));
    }
}
