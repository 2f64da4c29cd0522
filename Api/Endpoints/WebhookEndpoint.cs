using System.Net;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using CoffeePayment.Api.Limits;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// Takes YooKassa's notifications as hints: whatever one says, the order's payment is checked, and only what the
/// provider answers counts. Nobody signs them, so anybody may send one; all that it causes is one check.
/// </summary>
internal sealed class WebhookEndpoint(
    IGrainFactory grains, GrainCalls calls, RequestLimits limits, IOptions<ApiOptions> options)
{
    private readonly IReadOnlyList<IPNetwork> _senders = options.Value.WebhookNetworks;

    public async Task HandleAsync(HttpContext context)
    {
        var sender = context.Connection.RemoteIpAddress;
        if (!MaySend(sender))
        {
            await Problems.WriteAsync(context, Problems.SenderUnknown);
            return;
        }

        if (!limits.TryTakeWebhook(sender, out var retryAfter))
        {
            await Problems.WriteLimitedAsync(context, Problems.TooManyNotifications, retryAfter);
            return;
        }

        using var body = await RequestBody.ReadAnyTypeAsync(context);
        if (body.Problem is { } problem)
        {
            await Problems.WriteAsync(context, problem);
            return;
        }

        if (WebhookReader.Read(body.Object, out var errors) is not { } paymentReferenceId)
        {
            var faults = errors.All.Select(error => $"{error.Key} {string.Join(", ", error.Value)}");
            var detail = $"This is no notification: {string.Join("; ", faults)}.";
            await Problems.WriteAsync(context, Problems.Malformed(detail));
            return;
        }

        if (await HintAsync(paymentReferenceId, context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status200OK;
        else await Problems.WriteAsync(context, Problems.PaymentNotFound);
    }

    // A server that listens on IPv6 sees addresses of IPv4 in those of IPv6.
    private bool MaySend(IPAddress? sender)
    {
        if (_senders.Count == 0) return true;

        var address = sender is { IsIPv4MappedToIPv6: true } ? sender.MapToIPv4() : sender;
        return address is not null && _senders.Any(network => network.Contains(address));
    }

    private async Task<bool> HintAsync(string paymentReferenceId, CancellationToken stop)
    {
        if (!Identifiers.IsPaymentReferenceId(paymentReferenceId)) return false;

        var id = await calls.RepeatAsync(
            () => grains.GetGrain<IOrderDirectoryGrain>(0).FindByPaymentAsync(paymentReferenceId), stop);
        return id is not null
            && await calls.RepeatAsync(() => grains.GetGrain<IPendingPaymentGrain>(id).HintAsync(), stop);
    }
}
