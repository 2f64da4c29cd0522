using System.Net;
using System.Text;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Payments;
using CoffeePayment.Sandbox.Webhooks;

namespace CoffeePayment.Sandbox.Pages;

/// <summary>
/// What a person sees: the payment page that the provider would show, and a list of the latest payments.
/// </summary>
internal sealed class PaymentPages(TimeProvider clock, Worlds worlds, WebhookSender webhooks)
{
    private const int PaymentsShown = 50;

    public static string Address(Uri root, string id) => new Uri(root, Path(id)).ToString();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.On("GET", "/", List);
        routes.On("GET", "/sandbox/pay/{id}", Show);
        routes.On("POST", "/sandbox/pay/{id}/{choice}", Choose);
    }

    private Task List(HttpContext context)
    {
        var payments = worlds.Current.Payments;
        var rows = new StringBuilder();
        var latest = payments.Newest(int.MaxValue, PaymentsShown - 1, clock.GetUtcNow(), static (_, _) => true);
        foreach (var (payment, state) in latest)
        {
            rows.Append($"<tr><td><code>{Html(payment.Id)}</code><td>{Amount(state)}<td>{state.Status.Name()}")
                .Append($"<td>{Times.Text(payment.CreatedAt)}<td>{Buttons(payment, state, "?back=list")}");
        }
        return Send(context, "CoffeePayment sandbox", $"""
            <p>A stand-in for YooKassa and the coffee machines: no money moves here, and no coffee is made.</p>
            <p>{payments.Count} payments; the latest {PaymentsShown} of them:</p>
            <table><tr><th>payment<th>amount<th>status<th>created<th></tr>{rows}</table>
            <p>See also <a href="/sandbox/makes">commands to the machines</a>, <a href="/sandbox/stats">statistics</a>,
            <a href="/sandbox/faults">faults</a>.</p>
            """);
    }

    private Task Show(HttpContext context)
    {
        if (Named(context) is not { } payment)
            return Missing(context);

        var state = payment.At(clock.GetUtcNow());
        return Send(context, "Pay for your coffee", $"""
            <p>{Html(payment.Terms.Description ?? "A payment in the sandbox")}</p>
            <p><strong>{Amount(state)}</strong>, {state.Status.Name()}</p>
            {Buttons(payment, state, "")}
            """);
    }

    private Task Choose(HttpContext context)
    {
        if (Named(context) is not { } payment)
            return Missing(context);

        PaymentStatus? chosen = context.Request.RouteValues["choice"] switch
        {
            "pay" => payment.Terms.CapturesItself ? PaymentStatus.Succeeded : PaymentStatus.WaitingForCapture,
            "cancel" => PaymentStatus.Canceled,
            _ => null,
        };
        if (chosen is null)
            return Missing(context);

        var now = clock.GetUtcNow();
        webhooks.Change(
            payment, now, state => state.Status == PaymentStatus.Pending ? state.Become(chosen.Value, now) : state);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.Query["back"] == "list"
            ? "/"
            : payment.Terms.ReturnUrl is { } url ? new Uri(url).AbsoluteUri : Path(payment.Id);
        return Task.CompletedTask;
    }

    private Payment? Named(HttpContext context) =>
        worlds.Current.Payments.Find((string)context.Request.RouteValues["id"]!);

    private static string Buttons(Payment payment, PaymentState state, string query)
    {
        if (state.Status != PaymentStatus.Pending)
            return "";
        var address = Html(Path(payment.Id));
        return $"""
            <form method="post"><button formaction="{address}/pay{query}">Pay</button>
            <button formaction="{address}/cancel{query}">Cancel</button></form>
            """;
    }

    private static string Path(string id) => $"/sandbox/pay/{Uri.EscapeDataString(id)}";

    private static string Amount(PaymentState state) => $"{state.Amount.Value:0.00} {Html(state.Amount.Currency)}";

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static Task Missing(HttpContext context) => Send(
        context, "Not found", "<p>There is no such payment, or nothing like this can be done with it.</p>",
        StatusCodes.Status404NotFound);

    private static Task Send(HttpContext context, string title, string body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{title}}</title>
            <style>
              body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
              td, th { text-align: left; padding: .25rem 1rem .25rem 0 }
              form { margin: 0 }
            </style>
            <h1>{{title}}</h1>
            {{body}}
            """, context.RequestAborted);
    }
}
