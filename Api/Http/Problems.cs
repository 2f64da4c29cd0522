using CoffeePayment.Api.Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace CoffeePayment.Api.Http;

/// <summary>
/// The problems that the API reports. Each kind has a type of its own, so that programs can tell them apart.
/// </summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>What goes with 503: by then a restarted silo's orders are mostly up again.</summary>
    public const int RetryAfterSeconds = 2;

    private const string Types = "urn:coffee-payment:";

    public static readonly Problem OrderNotFound = Of(
        StatusCodes.Status404NotFound, "order-not-found", "No such order", "There is no order with this id.");

    public static readonly Problem PaymentNotFound = Of(
        StatusCodes.Status404NotFound,
        "payment-not-found",
        "No such payment",
        "No order here is paid by this payment; send the notification again later.");

    public static readonly Problem KeyMissing = Of(
        StatusCodes.Status401Unauthorized,
        "key-missing",
        "An API key is needed",
        "Send one of the service's API keys: 'Authorization: Bearer <key>'. People sign in at /.");

    public static readonly Problem KeyUnknown = Of(
        StatusCodes.Status401Unauthorized, "key-unknown", "Unknown API key", "The service does not know this API key.");

    public static readonly Problem TooManyRequests = Of(
        StatusCodes.Status429TooManyRequests,
        "too-many-requests",
        "Too many requests with this key",
        "The key may send API_RATE_LIMIT requests a second to each process; 'Retry-After' says when to go on.");

    public static readonly Problem TooManyWrongKeys = Of(
        StatusCodes.Status429TooManyRequests,
        "too-many-wrong-keys",
        "Too many wrong keys from this address",
        "'Retry-After' says when the next one will be looked at.");

    public static readonly Problem TooManyNotifications = Of(
        StatusCodes.Status429TooManyRequests,
        "too-many-notifications",
        "Too many notifications",
        "The process takes WEBHOOK_RATE_LIMIT of them a second, a quarter from one address; send it again later.");

    public static readonly Problem SenderUnknown = Of(
        StatusCodes.Status403Forbidden,
        "sender-unknown",
        "Notifications do not come from there",
        "WEBHOOK_NETWORKS says where the provider's notifications come from; this address is not in it.");

    public static readonly Problem ForeignPage = Of(
        StatusCodes.Status403Forbidden,
        "foreign-page",
        "Another site's page sent this",
        "A browser may change something only from a page of this service's own; with a session, only with the header "
            + "'X-CoffeePayment-Console: 1'. Programs send an API key instead.");

    public static readonly Problem HostUnknown = Of(
        StatusCodes.Status403Forbidden,
        "host-unknown",
        "The service is not this host",
        "Without API_KEYS the service answers to this machine's own names only: localhost, 127.0.0.1, [::1].");

    public static readonly Problem TooLarge = Of(
        StatusCodes.Status413PayloadTooLarge,
        "body-too-large",
        "The body is too large",
        "A body may have at most 65536 bytes.");

    public static readonly Problem NotJson = Of(
        StatusCodes.Status415UnsupportedMediaType,
        "not-json",
        "The body must be JSON",
        "Send 'Content-Type: application/json', in UTF-8.");

    public static readonly Problem Unavailable = Of(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "The service cannot do this right now",
        "Something it needs did not answer in time. Send the same request again: doing so is safe.");

    public static readonly Problem TooManyStreams = Of(
        StatusCodes.Status503ServiceUnavailable,
        "too-many-streams",
        "Too many event streams are open",
        "Read the order with GET until some of them are closed.");

    /// <summary>A problem's type without what all types begin with.</summary>
    public static string KindOf(Problem problem) => problem.Type[Types.Length..];

    public static Problem Malformed(string detail) =>
        Of(StatusCodes.Status400BadRequest, "malformed", "The body cannot be read", detail);

    public static Problem Invalid(IReadOnlyDictionary<string, IReadOnlyList<string>> errors) =>
        Of(
            StatusCodes.Status422UnprocessableEntity,
            "invalid-fields",
            "The request cannot be accepted as it is",
            $"Correct these and send it again: {string.Join(", ", errors.Keys)}.")
        with
        { Errors = errors };

    public static Problem OrderDiffers(string id, IReadOnlyList<string> fields) =>
        Of(
            StatusCodes.Status409Conflict,
            "order-differs",
            "Another order has this id",
            $"Order {id} is registered with other values of: {string.Join(", ", fields)}.")
        with
        { DifferingFields = fields };

    public static Problem PaymentTaken(string paymentReferenceId, string otherOrderId) =>
        Of(
            StatusCodes.Status409Conflict,
            "payment-taken",
            "The payment pays another order",
            $"Payment {paymentReferenceId} pays order {otherOrderId}; one payment can pay one order.")
        with
        { OtherOrderId = otherOrderId };

    public static Problem Refused(string refusal) =>
        Of(StatusCodes.Status409Conflict, "not-allowed", "The order's rules forbid this", refusal);

    public static Problem Unexpected(string traceId) =>
        Of(
            StatusCodes.Status500InternalServerError,
            "unexpected",
            "The service failed",
            "This is a fault of the service's, not of the request. Its log says more under the trace id.")
        with
        { TraceId = traceId };

    /// <summary>The problem for a status that the framework answered by itself: no such route, wrong method.</summary>
    public static Problem ForStatus(int status) => new()
    {
        Type = "about:blank",
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
        Status = status,
        Detail = status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this path; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => "The path does not take this method; 'Allow' lists what it takes.",
            _ => "The request cannot be served.",
        },
    };

    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();

        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Context.Problem);
        return Responses.WriteAsync(context, problem.Status, ContentType, body);
    }

    /// <summary>Writes a 429, with the whole seconds after which it passes.</summary>
    public static Task WriteLimitedAsync(HttpContext context, Problem problem, TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WriteAsync(context, problem);
    }

    private static Problem Of(int status, string type, string title, string detail) =>
        new() { Type = Types + type, Title = title, Status = status, Detail = detail };
}
