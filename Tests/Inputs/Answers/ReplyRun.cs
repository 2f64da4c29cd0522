using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>Gives a service, in a process of its own, strange replies for its checks and its commands.</summary>
internal sealed class ReplyRun : IAsyncDisposable
{
    private const int Replies = 3000;
    private const int AtOnce = 12;

    // Few orders for each, so that none of them has its circuit broken by the bad replies to its orders.
    private const int Merchants = 250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly int _seed;
    private readonly InputFigures _figures;
    private readonly ReplyServer _server;
    private readonly ConcurrentDictionary<string, PlayedOrder> _orders = new(StringComparer.Ordinal);
    private HttpClient _api = new();
    private int _replies;
    private int _registered;

    public ReplyRun(int seed)
    {
        _seed = seed;
        _figures = new InputFigures("strange replies", seed);
        _server = new ReplyServer(Reply).Start();
    }

    /// <summary>The settings of a service that this is to be run against.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("TMETR_HOST", _server.Url), ("PAYMENT_ATTEMPTS_LIMIT", "1000"),
        .. Enumerable.Range(0, Merchants).SelectMany(i => new[]
        {
            ($"Merchants__m{i}__Yookassa__AccountId", "1"), ($"Merchants__m{i}__Yookassa__SecretKey", "1"),
            ($"Merchants__m{i}__Yookassa__ApiUrl", $"{_server.Url}/v3"),
        }),
    ];

    public async Task<InputFigures> RunAsync(ServiceProcess service)
    {
        _api = new HttpClient { BaseAddress = service.Url };
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => PlayAsync()));

        // From now on the provider is right about every payment.
        foreach (var order in _orders.Values) order.Current = Right(order, "succeeded");
        using var patience = new CancellationTokenSource(Patience);
        var faults = await Task.WhenAll(_orders.Values.Select(order => EndAsync(order, patience.Token)));
        _figures.Lost = [.. faults.OfType<string>()];
        await _figures.LookAtAsync(service);
        return _figures;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    private static ProviderReply Right(PlayedOrder order, string status)
    {
        var body = Encoding.UTF8.GetBytes(PaymentBodies.Right(order.PaymentId, status));
        return new ProviderReply("right", ReplyMaker.Write(200, body), 200, body) { IsPlain = true };
    }

    private ProviderReply Reply(string request)
    {
        const string Payments = "/v3/payments/";
        const string Order = "\"orderUuid\":\"";
        var isCommand = request.StartsWith("POST", StringComparison.Ordinal);
        var start = isCommand
            ? request.IndexOf(Order, StringComparison.Ordinal) + Order.Length
            : request.IndexOf(Payments, StringComparison.Ordinal) + Payments.Length;
        var id = request[start..request.IndexOf(isCommand ? '"' : ' ', start)];
        return isCommand ? _orders[id.Replace("played", "payment")].Command() : _orders[id].Ask();
    }

    private async Task PlayAsync()
    {
        PlayedOrder? order = null;
        while (Interlocked.Increment(ref _replies) is var number && number <= Replies)
        {
            order ??= await RegisterAsync();
            order.Current = ReplyMaker.Make(_seed + number, order.PaymentId);
            var asked = order.Asked;
            using var response = await _api.PostAsync($"v1/orders/{order.Id}/check", content: null);
            if ((int)response.StatusCode >= 500) _figures.CountServerError();
            response.EnsureSuccessStatusCode();

            var seen = await response.Content.ReadFromJsonAsync<JsonElement>();
            _figures.CountTried();
            if (Fault(order, seen, order.Asked > asked) is { } fault) _figures.Add($"{fault} For {order.Current}");
            if (StatusOf(seen) != "pending") order = null;
        }
    }

    private async Task<PlayedOrder> RegisterAsync()
    {
        var number = Interlocked.Increment(ref _registered);
        var order = new PlayedOrder(number);
        order.Current = Right(order, "pending");
        _orders[order.PaymentId] = order;
        using var response = await _api.PostAsJsonAsync(
            "v1/orders",
            new
            {
                id = order.Id,
                merchant_id = $"m{number % Merchants}",
                payment_scenario = "Yookassa",
                payment_reference_id = order.PaymentId,
                device_uuid = "machine-1",
                drink_number = "7",
                size = "medium",
                price = 15_000,
            });
        response.EnsureSuccessStatusCode();
        return order;
    }

    /// <summary>What is wrong with the order after that reply; null: nothing.</summary>
    private static string? Fault(PlayedOrder order, JsonElement seen, bool wasAsked)
    {
        var truth = Shown(seen);
        if (truth != PaymentTruth.Pending && !order.HasHeard(truth)) return $"It counts as {truth}: {seen}";
        if (!wasAsked || !order.Current!.IsPlain || order.Said(order.Current) == truth) return null;
        return $"It counts as {truth}, and was said to be {order.Said(order.Current)}: {seen}";
    }

    /// <summary>What the service must have heard for the order to be as it is.</summary>
    private static PaymentTruth Shown(JsonElement seen)
    {
        if (seen.GetProperty("make_attempts").GetInt32() > 0) return PaymentTruth.Paid;
        return (StatusOf(seen), seen.GetProperty("status_reason").GetString()) switch
        {
            ("pending", _) => PaymentTruth.Pending,
            ("not_paid", _) => PaymentTruth.Canceled,
            ("failed", "waiting_for_capture") => PaymentTruth.WaitingForCapture,
            ("manual_make", "amount_mismatch") => PaymentTruth.PaidOtherwise,
            _ => PaymentTruth.Other,
        };
    }

    private async Task<string?> EndAsync(PlayedOrder order, CancellationToken patience)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        JsonElement seen = default;
        try
        {
            do
                seen = await _api.GetFromJsonAsync<JsonElement>($"v1/orders/{order.Id}", patience);
            while (StatusOf(seen) is "pending" or "paid" && await timer.WaitForNextTickAsync(patience));
        }
        catch (OperationCanceledException)
        {
            return $"{order.Id} is still under way: {seen}";
        }

        var (isPaid, ends) = (seen.GetProperty("make_attempts").GetInt32() > 0, order.Machine.Ends);
        var commandsMax = !isPaid ? 0 : ends.Contains("make_failed") ? 3 : 1;
        if (order.Commands > commandsMax) return $"{order.Id} got {order.Commands} commands: {seen}";
        return isPaid && !ends.Contains(StatusOf(seen))
            ? $"{order.Id} should be {string.Join(" or ", ends)} after {order.Machine.Reply}: {seen}"
            : null;
    }

    private static string StatusOf(JsonElement order) => order.GetProperty("status").GetString()!;
}
