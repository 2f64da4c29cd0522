using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Http;
using CoffeePayment.Orders;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// Tells a customer's page how the order goes, as server-sent events: the order now, then at every change, until what
/// comes next is up to a person or to a late check hours away.
/// </summary>
internal sealed partial class OrderEventsEndpoint(
    IGrainFactory grains,
    GrainCalls calls,
    OutageDetector outages,
    IOptions<ApiOptions> options,
    TimeProvider time,
    EventStreams streams,
    ILogger<OrderEventsEndpoint> logger)
{
    /// <summary>
    /// Between two questions that brought nothing, so that an order which answers at once costs no core.
    /// </summary>
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);

    /// <summary>How much longer than asked for an order may take to answer before it counts as out of reach.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromSeconds(2);

    private readonly ApiOptions _options = options.Value;

    public async Task HandleAsync(HttpContext context)
    {
        if (OrderEndpoints.OrderIdOf(context) is not { } id)
        {
            await Problems.WriteAsync(context, Problems.OrderNotFound);
            return;
        }

        await streams.RunAsync(
            context, stop => StreamAsync(context, grains.GetGrain<IPendingPaymentGrain>(id), id, stop));
    }

    /// <summary>Whether more will happen soon and by itself.</summary>
    private static bool IsMoving(PaymentOrder order) => order.Status is OrderStatus.Pending or OrderStatus.Paid;

    private static long KnownRevision(HttpRequest request, long revision) =>
        long.TryParse(request.Headers["Last-Event-ID"], out var known) && known <= revision ? known : 0;

    private async Task StreamAsync(
        HttpContext context, IPendingPaymentGrain grain, string id, CancellationToken cancellationToken)
    {
        var order = await calls.RepeatAsync(grain.GetAsync, cancellationToken);
        if (order is null)
        {
            await Problems.WriteAsync(context, Problems.OrderNotFound);
            return;
        }

        var known = KnownRevision(context.Request, order.Revision);
        if (known == order.Revision && !IsMoving(order))
        {
            // Browsers reconnect whenever a stream ends; this status is how they are told that there is no more.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var stream = await EventStream.StartAsync(context.Response, cancellationToken);
        while (order is not null)
        {
            if (order.Revision > known)
            {
                await stream.WriteOrderAsync(order, cancellationToken);
                known = order.Revision;
            }

            if (!IsMoving(order)) return;

            order = await NextAsync(stream, grain, id, known, cancellationToken);
        }
    }

    /// <summary>The order after its next change; null if it was deleted, or out of reach for too long.</summary>
    private async Task<PaymentOrder?> NextAsync(
        EventStream stream, IPendingPaymentGrain grain, string id, long known, CancellationToken cancellationToken)
    {
        long? failingSince = null;
        while (true)
        {
            var askedAt = time.GetTimestamp();
            try
            {
                var keepAlive = _options.EventKeepAlive;
                var order = await grain.WaitForChangeAsync(known, keepAlive, cancellationToken)
                    .WaitAsync(keepAlive + AnswerGrace, time, cancellationToken);
                if (order is null || order.Revision > known || !IsMoving(order)) return order;

                failingSince = null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && outages.IsOutage(exception))
            {
                failingSince ??= askedAt;
                if (time.GetElapsedTime(failingSince.Value) >= _options.EventOutageLimit)
                {
                    LogOutOfReach(exception, id, _options.EventOutageLimit);
                    return null;
                }
            }

            await stream.WriteKeepAliveAsync(cancellationToken);
            var pause = PauseMin - time.GetElapsedTime(askedAt);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellationToken);
        }
    }

    [LoggerMessage(
        EventId = 5003,
        Level = LogLevel.Warning,
        Message = "Order {OrderId} was out of reach for {Limit}: its event stream ends, and the client comes back")]
    private partial void LogOutOfReach(Exception exception, string orderId, TimeSpan limit);
}
