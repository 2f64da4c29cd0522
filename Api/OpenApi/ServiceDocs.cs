using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Endpoints;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Metrics;

namespace CoffeePayment.Api.OpenApi;

/// <summary>What the document says of the calls that deal with the service itself, and of webhooks.</summary>
internal static class ServiceDocs
{
    public static readonly OperationDoc YookassaWebhook = new()
    {
        Id = "receiveYookassaNotification",
        Tag = Tags.Webhooks,
        Summary = "Receive a notification from YooKassa",
        Description = "A hint, not a fact: it makes the service ask YooKassa at once, and only that answer counts. "
            + "Needs no API key. Answered before the check is made.",
        IsOpen = true,
        Body = new BodyDoc(typeof(WebhookRequest), Examples.WebhookRequest),
        Answers =
        [
            new(StatusCodes.Status200OK, "An order is paid by this payment; it is being checked."),
            Answers.OfProblem(Problems.Malformed("This is no notification: type is required."), "No notification."),
            Answers.OfProblem(Problems.PaymentNotFound, "No order has this payment, perhaps not yet: send it again."),
            Answers.OfProblem(Problems.TooLarge, "The body has more than 65536 bytes."),
            .. Answers.Failures.Where(answer => answer.Status is not (401 or 403 or 429)),
            Answers.OfProblem(Problems.SenderUnknown, "It does not come from the provider's networks, or from a page."),
            Answers.Limited(Problems.TooManyNotifications, "More notifications than the service takes in a second."),
        ],
    };

    public static readonly OperationDoc Sweep = new()
    {
        Id = "sweep",
        Tag = Tags.Service,
        Summary = "Sweep now",
        Description = "Restarts orders whose check is overdue, as the service does by itself every few seconds.",
        Answers =
        [
            new(StatusCodes.Status200OK, "What the sweep found and did.", typeof(SweepResponse), Examples.Sweep),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Stats = new()
    {
        Id = "getStats",
        Tag = Tags.Service,
        Summary = "How the service is doing",
        Description = "Orders by status and track, checks and their lateness, silos, and how the provider answers.",
        Answers =
        [
            new(StatusCodes.Status200OK, "The figures.", typeof(StatsResponse), Examples.Stats),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc History = new()
    {
        Id = "getStatsHistory",
        Tag = Tags.Service,
        Summary = "How the service was doing",
        Description = "The last hour, a point every ten seconds, all silos together. Kept in the silos' memory.",
        Answers =
        [
            new(StatusCodes.Status200OK, "The points.", typeof(StatsHistoryResponse), Examples.History),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc StatsEvents = new()
    {
        Id = "followStats",
        Tag = Tags.Service,
        Summary = "Follow how the service is doing",
        Description = "Server-sent events: 'stats' with the figures of GET /v1/stats, now and every two seconds, and "
            + "'point' with each point of GET /v1/stats/history as it comes; the same moment may come again, when more "
            + "silos have told of it.",
        Answers =
        [
            new(StatusCodes.Status200OK, "The stream.", typeof(string), Examples.StatsEvent, EventStream.ContentType),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Live = new()
    {
        Id = "isLive",
        Tag = Tags.Service,
        Summary = "Whether the process lives",
        Description = "Answers as long as the process serves requests. Needs no API key.",
        IsOpen = true,
        Answers = [new(StatusCodes.Status200OK, "It lives.", typeof(HealthResponse), Examples.Alive)],
    };

    public static readonly OperationDoc Ready = new()
    {
        Id = "isReady",
        Tag = Tags.Service,
        Summary = "Whether the process can do its work",
        Description = "Every check by its name. Needs no API key.",
        IsOpen = true,
        Answers =
        [
            new(StatusCodes.Status200OK, "It can.", typeof(HealthResponse), Examples.Healthy),
            new(
                StatusCodes.Status503ServiceUnavailable,
                "It cannot; the checks say why.",
                typeof(HealthResponse),
                Examples.Unhealthy),
        ],
    };

    public static readonly OperationDoc Metrics = new()
    {
        Id = "getMetrics",
        Tag = Tags.Service,
        Summary = "Metrics for Prometheus",
        Description = "Prometheus' text format, version 0.0.4.",
        Answers =
        [
            new(
                StatusCodes.Status200OK,
                "The metrics of this process.",
                typeof(string),
                Examples.Metrics,
                PrometheusText.MediaType),
            .. Answers.AtTheDoor,
        ],
    };
}
