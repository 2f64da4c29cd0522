using CoffeePayment.Api.Access;
using CoffeePayment.Api.Endpoints;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Metrics;
using CoffeePayment.Api.OpenApi;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api;

/// <summary>Puts the HTTP API (DESIGN.md, section 6) on the web.</summary>
public static class PaymentApiEndpoints
{
    /// <summary>
    /// Maps every call, and the middleware that they need: headers, problem details, the door. What the host maps
    /// beside it asks for a key too. Call it once, before anything else that answers requests.
    /// </summary>
    public static WebApplication MapPaymentApi(this WebApplication app)
    {
        app.UseProxyHeaders(app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.TrustedProxies);
        app.Use((context, next) =>
        {
            SecurityHeaders.Set(context);
            return next(context);
        });
        app.UseMiddleware<ErrorMiddleware>();
        app.UseStatusCodePages(context => Problems.WriteAsync(
            context.HttpContext, Problems.ForStatus(context.HttpContext.Response.StatusCode)));
        app.UseMiddleware<AccessMiddleware>();

        app.Services.GetRequiredService<MetricsCollector>().Start();
        MapOrders(app);
        MapSessions(app);
        MapService(app);
        MapConsole(app);
        app.MapOpenApi("/openapi/v1.json");
        return app;
    }

    private static void MapOrders(WebApplication app)
    {
        var orders = app.Services.GetRequiredService<OrderEndpoints>();
        var lists = app.Services.GetRequiredService<OrderListEndpoints>();
        var actions = app.Services.GetRequiredService<OrderActionEndpoints>();
        var events = app.Services.GetRequiredService<OrderEventsEndpoint>();
        var webhook = app.Services.GetRequiredService<WebhookEndpoint>();

        app.MapDocumented(HttpMethods.Post, "/v1/orders", orders.RegisterAsync, OrderDocs.Register);
        app.MapDocumented(HttpMethods.Get, "/v1/orders", lists.ListAsync, OrderDocs.List);
        app.MapDocumented(HttpMethods.Get, "/v1/orders/{id}", orders.GetAsync, OrderDocs.Get);
        app.MapDocumented(HttpMethods.Get, "/v1/orders/{id}/events", events.HandleAsync, OrderDocs.Events);
        app.MapDocumented(HttpMethods.Post, "/v1/orders/{id}/check", actions.CheckAsync, OrderDocs.Check);
        app.MapDocumented(HttpMethods.Post, "/v1/orders/{id}/resolve", actions.ResolveAsync, OrderDocs.Resolve);
        app.MapDocumented(HttpMethods.Get, "/v1/attention", lists.ListAttentionAsync, OrderDocs.Attention);
        app.MapDocumented(HttpMethods.Get, "/v1/search", lists.SearchAsync, OrderDocs.Search);
        app.MapDocumented(HttpMethods.Post, "/v1/webhooks/yookassa", webhook.HandleAsync, ServiceDocs.YookassaWebhook);
    }

    private static void MapSessions(WebApplication app)
    {
        var sessions = app.Services.GetRequiredService<SessionEndpoints>();

        app.MapDocumented(HttpMethods.Post, "/v1/session", sessions.SignInAsync, SessionDocs.SignIn);
        app.MapDocumented(HttpMethods.Get, "/v1/session", sessions.GetAsync, SessionDocs.Get);
        app.MapDocumented(HttpMethods.Delete, "/v1/session", sessions.SignOutAsync, SessionDocs.SignOut);
    }

    private static void MapService(WebApplication app)
    {
        var service = app.Services.GetRequiredService<ServiceEndpoints>();
        var inspection = app.Services.GetRequiredService<InspectionEndpoints>();
        var statsEvents = app.Services.GetRequiredService<StatsEventsEndpoint>();
        var health = app.Services.GetRequiredService<HealthEndpoints>();
        var metrics = app.Services.GetRequiredService<MetricsEndpoint>();

        app.MapDocumented(HttpMethods.Post, "/v1/sweeps", service.SweepAsync, ServiceDocs.Sweep);
        app.MapDocumented(HttpMethods.Get, "/v1/stats", service.GetStatsAsync, ServiceDocs.Stats);
        app.MapDocumented(HttpMethods.Get, "/v1/schedule", inspection.GetScheduleAsync, InspectionDocs.Schedule);
        app.MapDocumented(HttpMethods.Get, "/v1/checks", inspection.GetChecksAsync, InspectionDocs.Checks);
        app.MapDocumented(HttpMethods.Get, "/v1/jobs", inspection.GetJobsAsync, InspectionDocs.Jobs);
        app.MapDocumented(HttpMethods.Get, "/v1/stats/history", service.GetHistoryAsync, ServiceDocs.History);
        app.MapDocumented(HttpMethods.Get, "/v1/stats/events", statsEvents.HandleAsync, ServiceDocs.StatsEvents);
        app.MapDocumented(HttpMethods.Get, "/health/live", HealthEndpoints.LiveAsync, ServiceDocs.Live);
        app.MapDocumented(HttpMethods.Get, "/health/ready", health.ReadyAsync, ServiceDocs.Ready);
        app.MapDocumented(HttpMethods.Get, "/metrics", metrics.GetAsync, ServiceDocs.Metrics);
    }

    private static void MapConsole(WebApplication app)
    {
        var console = app.Services.GetRequiredService<ConsoleEndpoints>();
        var files = app.Services.GetRequiredService<ConsoleFiles>();
        app.MapDocumented(HttpMethods.Get, "/", files.GetPageAsync, ConsoleDocs.Page);
        app.MapGet("/console/{file}", files.GetFileAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapDocumented(HttpMethods.Get, "/v1/console", console.GetAsync, ConsoleDocs.Settings);
        if (console.HasTestOrders)
            app.MapDocumented(HttpMethods.Post, "/v1/test-orders", console.PlaceTestOrderAsync, ConsoleDocs.TestOrder);
    }
}
