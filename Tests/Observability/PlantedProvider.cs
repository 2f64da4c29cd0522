using System.Collections.Concurrent;

namespace CoffeePayment.Tests.Observability;

/// <summary>
/// A provider and a machine that tell much that is nobody's business: cards in payments, the caller's own credentials
/// in errors. It notes what it was given.
/// </summary>
internal sealed class PlantedProvider : IAsyncDisposable
{
    /// <summary>The number of a card that no payment may bring into a log.</summary>
    public const string Card = "4111111111111111";

    private readonly WebApplication _app;
    private int _answers;

    private PlantedProvider(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The values of Authorization that came.</summary>
    public ConcurrentBag<string> Authorizations { get; } = [];

    public static async Task<PlantedProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new PlantedProvider(app);
        app.MapGet("/v3/payments/{id}", provider.PaymentAsync);
        app.MapPost("/api/commander/v1/command/make", provider.MakeAsync);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Payment(string id, string status) =>
        $$"""
        {"id": "{{id}}", "status": "{{status}}", "amount": {"value": "150.00", "currency": "RUB"},
         "payment_method":
         {"type": "bank_card", "title": "{{Card}}", "card": {"number": "{{Card}}", "csc": "{{Card}}"} },
         "metadata": {"card": "{{Card}}"}, "description": "{{Card}}",
         "cancellation_details": {"party": "{{Card}}", "reason": "insufficient_funds"} }
        """;

    /// <summary>First every kind of trouble, then what the order's payment is named after.</summary>
    private Task PaymentAsync(HttpContext context, string id)
    {
        var authorization = Note(context);
        (context.Response.StatusCode, var body) = Interlocked.Increment(ref _answers) switch
        {
            1 => (500, $"<b>{authorization} {Card}</b>"),
            2 => (401, $$"""{"type": "error", "code": "invalid_credentials", "description": "{{authorization}}"}"""),
            3 => (404, $$"""{"type": "error", "code": "not_found", "parameter": "{{Card}}"}"""),
            4 => (200, $"{Payment(id, "pending")[..40]}{Card}"),
            5 => (200, Payment(id, "on_hold")),
            _ => (200, Payment(id, id.StartsWith("paid") ? "succeeded" : "canceled")),
        };
        return context.Response.WriteAsync(body);
    }

    private Task MakeAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return context.Response.WriteAsync($"{Note(context)} {Card}");
    }

    private string Note(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        Authorizations.Add(authorization);
        return authorization;
    }
}
