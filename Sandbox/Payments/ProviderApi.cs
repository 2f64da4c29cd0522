using System.Text;
using System.Text.Json;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Traffic;
using CoffeePayment.Sandbox.Webhooks;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>YooKassa's API. Each request is counted, let in, perhaps spoilt, and answered, in this order.</summary>
internal sealed class ProviderApi(
    SandboxOptions options, Worlds worlds, Hanging hanging, PaymentJson json, WebhookSender webhooks)
{
    private const string PaymentPath = "/v3/payments/";

    private static readonly TimeSpan UnnoticedLatencyMax = TimeSpan.FromSeconds(1);
    private static readonly JsonElement NoFields = JsonBody.Parse("{}"u8.ToArray())!.Value;

    private readonly TimeProvider _clock = options.TimeProvider;
    private readonly string _credentials =
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountId}:{options.SecretKey}"));

    /// <summary>Answers a call; says which payment it was about, as far as it has one.</summary>
    private delegate ValueTask<Payment?> Answer(ProviderCall call);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.On("GET", "/v3/payments/{id}", Serve(ProviderOperation.GetPayment, Get));
        routes.On("GET", "/v3/payments", Serve(ProviderOperation.ListPayments, List));
        OnPost(routes, "/v3/payments", ProviderOperation.CreatePayment, ProviderActs.Create);
        OnPost(routes, "/v3/payments/{id}/capture", ProviderOperation.CapturePayment, ProviderActs.Capture);
        OnPost(routes, "/v3/payments/{id}/cancel", ProviderOperation.CancelPayment, ProviderActs.Cancel);
        OnPost(routes, "/v3/refunds", ProviderOperation.CreateRefund, ProviderActs.Refund);

        var wrongMethod = Serve(ProviderOperation.Other, Refusing(ProviderError.Method));
        routes.OnOtherMethods("/v3/payments", "GET, POST", wrongMethod);
        routes.OnOtherMethods("/v3/payments/{id}", "GET", wrongMethod);
        routes.OnOtherMethods("/v3/payments/{id}/capture", "POST", wrongMethod);
        routes.OnOtherMethods("/v3/payments/{id}/cancel", "POST", wrongMethod);
        routes.OnOtherMethods("/v3/refunds", "POST", wrongMethod);
        routes.Map("/v3/{**rest}", Serve(ProviderOperation.Other, Refusing(ProviderError.UnknownPath)));
    }

    private void OnPost(IEndpointRouteBuilder routes, string path, ProviderOperation operation, ProviderAct act) =>
        routes.On("POST", path, Serve(operation, Once(act)));

    private RequestDelegate Serve(ProviderOperation operation, Answer answer) =>
        context => ServeAsync(context, context.Request.RouteValues["id"] as string, operation, answer);

    /// <summary>
    /// Answers the one question that is asked all the time, before routing begins; whatever else it is, routing finds.
    /// </summary>
    public Task GetPaymentOrElseAsync(HttpContext context, RequestDelegate otherwise)
    {
        var path = context.Request.Path.Value ?? "";
        var isPayment = HttpMethods.IsGet(context.Request.Method)
            && path.StartsWith(PaymentPath, StringComparison.Ordinal)
            && path.Length > PaymentPath.Length
            && path.IndexOf('/', PaymentPath.Length) < 0;
        return isPayment
            ? ServeAsync(context, path[PaymentPath.Length..], ProviderOperation.GetPayment, Get)
            : otherwise(context);
    }

    private async Task ServeAsync(HttpContext context, string? id, ProviderOperation operation, Answer answer)
    {
        var world = worlds.Current;
        var traffic = world.Traffic;
        var timestamp = _clock.GetTimestamp();
        var arrivedAt = _clock.GetUtcNow();
        traffic.Arrived(operation, timestamp);

        var payment = id is null ? null : world.Payments.Find(id);
        var log = id is null ? null : world.Payments.LogOf(id, payment);
        var ticket = log?.Arrived(arrivedAt, operation) ?? 0;
        if (payment is not null && operation == ProviderOperation.GetPayment)
            NoteInterval(payment, timestamp, traffic);

        var call = new ProviderCall(context, world, webhooks, arrivedAt, payment);
        if (!IsLetIn(context.Request))
        {
            call.Refuse(ProviderError.Unauthorized);
        }
        else
        {
            var settings = world.Faults.Provider;
            if (settings.Latency > TimeSpan.Zero)
            {
                // A client that goes away is noticed at a price, a token for each request: only where it is worth it.
                var gone = settings.Latency > UnnoticedLatencyMax ? context.RequestAborted : CancellationToken.None;
                await Task.Delay(settings.Latency, _clock, gone);
                call = call with { Now = _clock.GetUtcNow() };
            }

            switch (Spoil(call, settings, out var error))
            {
                case Faults.Verdict.Hang:
                    await hanging.HangAsync(context);
                    return;
                case Faults.Verdict.Error:
                    call.Refuse(error!);
                    break;
                default:
                    var touched = await AnswerAsync(call, answer);
                    if (log is null && touched is not null)
                    {
                        log = world.Payments.LogOf(touched.Id, touched);
                        ticket = log?.Arrived(arrivedAt, operation) ?? 0;
                    }
                    break;
            }
        }

        traffic.Answered(context.Response.StatusCode);
        log?.Answered(ticket, context.Response.StatusCode);
    }

    private static async ValueTask<Payment?> AnswerAsync(ProviderCall call, Answer answer)
    {
        try
        {
            return await answer(call);
        }
        catch (BadHttpRequestException e)
        {
            call.Refuse(new ProviderError(e.StatusCode, "invalid_request", e.Message));
            return call.Payment;
        }
    }

    private static Faults.Verdict Spoil(ProviderCall call, Faults.FaultSettings settings, out ProviderError? error)
    {
        error = null;
        var verdict = settings.Draw(call.World.Chance);
        var status = settings.HttpStatus;
        if (verdict == Faults.Verdict.Answer && call.Payment?.At(call.Now).Fault is { } fault && call.Now < fault.Until)
        {
            verdict = fault.HttpStatus is null ? Faults.Verdict.Hang : Faults.Verdict.Error;
            status = fault.HttpStatus ?? status;
        }
        if (verdict == Faults.Verdict.Error)
            error = ProviderError.Ordered(status, settings.RetryAfterMs);
        return verdict;
    }

    private void NoteInterval(Payment payment, long timestamp, ProviderTraffic traffic)
    {
        var before = payment.Asked(timestamp + 1);
        if (before > 0)
            traffic.AskedAgain(_clock.GetElapsedTime(before - 1, timestamp));
    }

    private bool IsLetIn(HttpRequest request)
    {
        const string Scheme = "Basic ";
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } value
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && value.AsSpan(Scheme.Length).Trim().SequenceEqual(_credentials);
    }

    private ValueTask<Payment?> Get(ProviderCall call)
    {
        if (call.Payment is null)
            call.Refuse(ProviderError.UnknownPayment);
        else
            json.Send(call.Context, call.Payment, call.Payment.At(call.Now));
        return ValueTask.FromResult(call.Payment);
    }

    private ValueTask<Payment?> List(ProviderCall call)
    {
        if (PaymentQuery.Read(call.Context.Request.Query, out var error) is not { } query)
        {
            call.Refuse(error!);
            return ValueTask.FromResult<Payment?>(null);
        }

        var page = call.World.Payments.Newest(query.Before, query.Limit, call.Now, query.Matches);
        string? nextCursor = null;
        if (page.Count > query.Limit)
        {
            page.RemoveAt(query.Limit);
            nextCursor = page[^1].Payment.Number.ToString();
        }
        json.SendPage(call.Context, page, nextCursor);
        return ValueTask.FromResult<Payment?>(null);
    }

    /// <summary>A POST, done once for each idempotence key.</summary>
    private Answer Once(ProviderAct act) => async call =>
    {
        var request = call.Context.Request;
        var key = request.Headers["Idempotence-Key"].ToString();
        if (key.Length is 0 or > IdempotenceKeys.MaxLength)
        {
            call.Refuse(ProviderError.Invalid(
                "Idempotence-Key", $"A header of 1 to {IdempotenceKeys.MaxLength} characters is required."));
            return call.Payment;
        }

        var body = await JsonBody.ReadAsync(request);
        if (body.Length > 0 && !JsonBody.IsJson(request))
        {
            call.Refuse(ProviderError.ContentType);
            return call.Payment;
        }
        if ((body.Length == 0 ? NoFields : JsonBody.Parse(body)) is not { ValueKind: JsonValueKind.Object } fields)
        {
            call.Refuse(ProviderError.Unreadable);
            return call.Payment;
        }

        var fingerprint = IdempotenceKeys.Fingerprint(request.Path, body);
        var error = DoOnce(call, key, fingerprint, act, new FieldReader(fields), out var deed);
        if (error is not null)
            call.Refuse(error);
        else
            Show(call, deed!);
        return deed?.Payment ?? call.Payment;
    };

    private static ProviderError? DoOnce(
        ProviderCall call, string key, string fingerprint, ProviderAct act, FieldReader fields, out Deed? deed)
    {
        var keys = call.World.Keys;
        lock (keys.Turn)
        {
            if (keys.TryGet(key, fingerprint, call.Now, out deed, out var isConflict))
                return null;
            if (isConflict)
                return ProviderError.Invalid("Idempotence-Key", "This key has been used for another request.");

            var error = act(call, fields, out deed);
            if (error is null)
                keys.Remember(key, fingerprint, call.Now, deed!);
            return error;
        }
    }

    private void Show(ProviderCall call, Deed deed)
    {
        if (deed.Refund is null)
        {
            json.Send(call.Context, deed.Payment, deed.Payment.At(call.Now));
            return;
        }
        JsonAnswer.Send(
            call.Context,
            StatusCodes.Status200OK,
            deed.Refund,
            static (writer, refund) => JsonSerializer.Serialize(writer, refund, SandboxJson.Default.Refund));
    }

    private static Answer Refusing(ProviderError error) => call =>
    {
        call.Refuse(error);
        return ValueTask.FromResult<Payment?>(null);
    };
}
