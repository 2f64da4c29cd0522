using System.Text.Json;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>
/// Orders that lead their ordinary lives beside the strange requests: what becomes of them shows whether those do harm.
/// </summary>
internal sealed class ControlOrders(HttpClient api, SandboxControls provider)
{
    public const int Count = 48;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Registered at 149.99 where 150.00 is paid.
    private const int Underpriced = 14_999;

    public IReadOnlyList<string> Ids { get; } = [.. Enumerable.Range(1, Count).Select(i => $"control-{i}")];

    public static string PaymentOf(string id) => $"payment-of-{id}";

    public async Task RegisterAsync()
    {
        for (var i = 0; i < Count; i++)
        {
            await provider.PutPaymentAsync(PaymentOf(Ids[i]), "pending");
            using var response = await api.PostAsJsonAsync(
                "v1/orders",
                new
                {
                    id = Ids[i],
                    payment_scenario = "Yookassa",
                    payment_reference_id = PaymentOf(Ids[i]),
                    device_uuid = "machine-1",
                    drink_number = "7",
                    size = "medium",
                    price = EndOf(i) == "manual_make" ? Underpriced : 15_000,
                });
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Settles every second payment, or the rest of them.</summary>
    public async Task SettleAsync(bool isRest)
    {
        for (var i = isRest ? 1 : 0; i < Count; i += 2)
        {
            await provider.PutPaymentAsync(
                PaymentOf(Ids[i]), EndOf(i) == "not_paid" ? "canceled" : "succeeded", reason: null);
        }
    }

    /// <summary>Waits until each has ended; returns those that did not end as they should.</summary>
    public async Task<IReadOnlyList<string>> FindLostAsync()
    {
        var lost = new List<string>();
        using var patience = new CancellationTokenSource(Patience);
        for (var i = 0; i < Count; i++)
        {
            var status = await EndAsync(Ids[i], patience.Token);
            if (status != EndOf(i)) lost.Add($"{Ids[i]} is {status} and should be {EndOf(i)}");
        }

        var commanded = (await provider.CommandedOrdersAsync()).Order(StringComparer.Ordinal).ToList();
        var paid = Ids.Where((_, i) => EndOf(i) == "make_pending").Order(StringComparer.Ordinal).ToList();
        if (!commanded.SequenceEqual(paid)) lost.Add($"commands were sent for {string.Join(", ", commanded)}");
        return lost;
    }

    private static string EndOf(int i) => (i / 2 % 4) switch
    {
        0 or 1 => "make_pending",
        2 => "not_paid",
        _ => "manual_make",
    };

    private async Task<string> EndAsync(string id, CancellationToken patience)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var status = "";
        try
        {
            do
            {
                var order = await api.GetFromJsonAsync<JsonElement>($"v1/orders/{id}", patience);
                status = order.GetProperty("status").GetString()!;
            }
            while (status is "pending" or "paid" && await timer.WaitForNextTickAsync(patience));
        }
        catch (OperationCanceledException)
        {
            // It has had its time.
        }

        return status;
    }
}
