using System.Collections.Concurrent;
using System.Text.Json;
using CoffeePayment.Tests.Faults.Orders;

namespace CoffeePayment.Tests.Faults.StandIns;

/// <summary>The provider: it knows how each payment goes, and answers as badly as it is told to.</summary>
internal sealed class ProviderStandIn : StandIn
{
    private readonly ConcurrentDictionary<string, (ScriptedOrder Order, long Since)> _payments = new();
    private volatile Misbehaviour.Spoil? _spoil;
    private long _spoilt;

    /// <summary>How many answers it has spoilt.</summary>
    public long Spoilt => Interlocked.Read(ref _spoilt);

    /// <summary>Begins the life of the order's payment.</summary>
    public void Begin(ScriptedOrder order) =>
        _payments.TryAdd(order.PaymentId, (order, TimeProvider.System.GetTimestamp()));

    /// <summary>Answers so from now on; null: as it should.</summary>
    public void Misbehave(Misbehaviour.Spoil? spoil) => _spoil = spoil;

    protected override Task AnswerAsync(HttpContext context)
    {
        var id = context.Request.Path.Value!.Split('/')[^1];
        if (!_payments.TryGetValue(id, out var payment)) return Problem(context);

        var answer = Body(id, payment.Order, TimeProvider.System.GetElapsedTime(payment.Since));
        if (_spoil is { } spoil)
        {
            Interlocked.Increment(ref _spoilt);
            return spoil(context, answer);
        }

        if (payment.Order.Ending == Ending.Unanswered) return Problem(context);

        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(answer).AsTask();
    }

    private static Task Problem(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(
            new { type = "error", id = "1", code = "not_found", description = "No such payment." });
    }

    private static byte[] Body(string id, ScriptedOrder order, TimeSpan age)
    {
        var status = StatusOf(order.Ending, age >= order.SettlesAfter);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            id,
            status,
            amount = new { value = order.Ending == Ending.AmountMismatch ? "149.00" : "150.00", currency = "RUB" },
            created_at = "2026-01-01T00:00:00.000Z",
            paid = status is "succeeded" or "waiting_for_capture",
            test = true,
            refundable = false,
            recipient = new { account_id = "1", gateway_id = "1" },
            cancellation_details = status == "canceled"
                ? new { party = "payment_network", reason = End.Canceled.Reason }
                : null,
        });
    }

    private static string StatusOf(Ending ending, bool isSettled) => ending switch
    {
        Ending.Unpaid => "pending",
        _ when !isSettled => "pending",
        Ending.Canceled => "canceled",
        Ending.HeldForCapture => "waiting_for_capture",
        _ => "succeeded",
    };
}
