using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using Microsoft.AspNetCore.Http.Features;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// One stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
/// </summary>
internal sealed class EventStream
{
    public const string ContentType = "text/event-stream";

    private readonly HttpResponse _response;

    private EventStream(HttpResponse response) => _response = response;

    /// <summary>Sends the headers, with what keeps proxies from holding events back, and when to come back.</summary>
    public static async Task<EventStream> StartAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.BodyWriter.Write("retry: 2000\n\n"u8);
        await response.BodyWriter.FlushAsync(cancellationToken);
        return new EventStream(response);
    }

    public Task WriteOrderAsync(PaymentOrder order, CancellationToken cancellationToken) => WriteAsync(
        string.Create(CultureInfo.InvariantCulture, $"event: order\nid: {order.Revision}\ndata: "),
        OrderResponse.From(order),
        ApiJson.Context.OrderResponse,
        cancellationToken);

    public Task WriteStatsAsync(StatsResponse stats, CancellationToken cancellationToken) =>
        WriteAsync("event: stats\ndata: ", stats, ApiJson.Context.StatsResponse, cancellationToken);

    public Task WritePointAsync(StatsPointResponse point, CancellationToken cancellationToken) =>
        WriteAsync("event: point\ndata: ", point, ApiJson.Context.StatsPointResponse, cancellationToken);

    /// <summary>A comment, which clients skip: proxies cut connections on which nothing moves.</summary>
    public async Task WriteKeepAliveAsync(CancellationToken cancellationToken)
    {
        _response.BodyWriter.Write(": keep-alive\n\n"u8);
        await _response.BodyWriter.FlushAsync(cancellationToken);
    }

    private async Task WriteAsync<T>(
        string head, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        _response.BodyWriter.Write(Encoding.UTF8.GetBytes(head));

        // In one line, as an event's data must be: JSON that is not indented has no line breaks.
        _response.BodyWriter.Write(JsonSerializer.SerializeToUtf8Bytes(value, type));
        _response.BodyWriter.Write("\n\n"u8);
        await _response.BodyWriter.FlushAsync(cancellationToken);
    }
}
