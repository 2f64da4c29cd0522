using System.Text.Json;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Payments;
using CoffeePayment.Sandbox.Webhooks;

namespace CoffeePayment.Sandbox.Controls;

/// <summary>
/// The calls with which tests and people pull the strings. They need no credentials and are never spoilt.
/// </summary>
internal sealed class ControlApi(TimeProvider clock, Worlds worlds, WebhookSender webhooks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.On("DELETE", "/sandbox", Routes.Done(() =>
        {
            webhooks.SendTo(null);
            worlds.Reset();
        }));
        routes.On("PUT", "/sandbox/payments/{id}", PutPaymentAsync);
        routes.On("PUT", "/sandbox/faults", PutFaultsAsync);
        routes.On("GET", "/sandbox/faults", GetFaults);
        routes.On("DELETE", "/sandbox/faults", Routes.Done(() => worlds.Current.Faults.Reset()));
        routes.On("PUT", "/sandbox/webhooks", PutWebhooksAsync);
        routes.On("GET", "/sandbox/webhooks", GetWebhooks);
        routes.On("DELETE", "/sandbox/webhooks", Routes.Done(() => webhooks.SendTo(null)));

        routes.RefuseOtherMethods("/sandbox", "DELETE");
        routes.RefuseOtherMethods("/sandbox/payments/{id}", "PUT");
        routes.RefuseOtherMethods("/sandbox/faults", "GET, PUT, DELETE");
        routes.RefuseOtherMethods("/sandbox/webhooks", "GET, PUT, DELETE");
    }

    private async Task PutPaymentAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (await ReadAsync(context) is not { } fields)
            return;
        if (!PaymentIds.IsValid(id))
            fields.Refuse("id", "must be 1 to 255 characters of A-Z a-z 0-9 - _ . :");
        if (PaymentScript.Read(fields) is not { } script || fields.Errors.Count > 0)
        {
            RefuseFields(context, fields);
            return;
        }

        var now = clock.GetUtcNow();
        var payment = worlds.Current.Payments.FindOrCreate(id, script.Amount);
        webhooks.Change(payment, now, state => script.Apply(state, now));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task PutFaultsAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } fields)
            return;
        if (FaultScript.Read(fields) is not { } script)
        {
            RefuseFields(context, fields);
            return;
        }

        worlds.Current.Faults.Change(script.Target, script.Apply);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task GetFaults(HttpContext context)
    {
        JsonAnswer.Send(
            context,
            StatusCodes.Status200OK,
            worlds.Current.Faults.View(),
            static (writer, view) => JsonSerializer.Serialize(writer, view, SandboxJson.Default.FaultsView));
        return Task.CompletedTask;
    }

    private async Task PutWebhooksAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } fields)
            return;
        var text = fields.Text("url", 2048, required: true);
        fields.RefuseOthers();
        Uri? url = null;
        if (text is not null && !(Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https"))
            fields.Refuse("url", "must be an http or https address");
        if (fields.Errors.Count > 0)
        {
            RefuseFields(context, fields);
            return;
        }

        webhooks.SendTo(url);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task GetWebhooks(HttpContext context)
    {
        JsonAnswer.Send(
            context,
            StatusCodes.Status200OK,
            webhooks.View(),
            static (writer, view) => JsonSerializer.Serialize(writer, view, SandboxJson.Default.WebhooksView));
        return Task.CompletedTask;
    }

    private static async Task<FieldReader?> ReadAsync(HttpContext context)
    {
        var body = JsonBody.Parse(await JsonBody.ReadAsync(context.Request));
        if (body is { ValueKind: JsonValueKind.Object } fields)
            return new FieldReader(fields);
        Problem.Send(context, StatusCodes.Status400BadRequest, "The body is not a JSON object.");
        return null;
    }

    private static void RefuseFields(HttpContext context, FieldReader fields) => Problem.Send(
        context, StatusCodes.Status422UnprocessableEntity, "Some fields are wrong.", fields.Errors);
}
