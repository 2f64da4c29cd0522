using System.Text.Json;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>The provider and the machine of one silo, at an address of its own, so that it is known who asks.</summary>
internal sealed class RecordingProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ProviderRecord _record;
    private readonly string _silo;

    private RecordingProvider(WebApplication app, ProviderRecord record, string silo)
    {
        _app = app;
        _record = record;
        _silo = silo;
    }

    /// <summary>The settings of a silo that asks here.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("YOOKASSA_ACCOUNT_ID", "account"),
        ("YOOKASSA_SECRET_KEY", "secret"),
        ("YOOKASSA_API_URL", $"{_app.Urls.Single()}/v3"),
        ("TMETR_HOST", _app.Urls.Single()),
        ("TMETR_TOKEN", "token"),
    ];

    public static async Task<RecordingProvider> StartAsync(ProviderRecord record, string silo)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new RecordingProvider(builder.Build(), record, silo);
        provider._app.MapGet("/v3/payments/{id}", provider.AnswerAsync);
        provider._app.MapPost("/api/commander/v1/command/make", provider.MakeAsync);
        await provider._app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var status = _record.Ask(ClusterProcesses.OrderOf(id), _silo);
        return context.Response.WriteAsJsonAsync(new
        {
            id,
            status,
            amount = new { value = "150.00", currency = "RUB" },
            created_at = "2026-01-01T00:00:00.000Z",
            paid = status == "succeeded",
            test = true,
            refundable = false,
            recipient = new { account_id = "1", gateway_id = "1" },
            cancellation_details = status == "canceled"
                ? new { party = "payment_network", reason = "insufficient_funds" }
                : null,
        });
    }

    private async Task MakeAsync(HttpContext context)
    {
        var commands = await context.Request.ReadFromJsonAsync<JsonElement>();
        _record.Make(commands[0].GetProperty("orderUuid").GetString()!, _silo);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
