using System.Net.ServerSentEvents;
using System.Text.Json;

namespace CoffeePayment.Tests.Processes;

/// <summary>What a client of the service does, over real HTTP.</summary>
public sealed class ServiceClient(Uri url) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = Patience };

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync("health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Registers an order for 150.00 RUB; <paramref name="paymentStartedAt"/> null means now.</summary>
    public async Task RegisterAsync(string orderId, string paymentId, DateTimeOffset? paymentStartedAt = null)
    {
        Assert.Equal(
            System.Net.HttpStatusCode.Created, await TryRegisterAsync(orderId, paymentId, paymentStartedAt));
    }

    /// <summary>Registers an order for 150.00 RUB, whatever the answer; returns its status.</summary>
    public async Task<System.Net.HttpStatusCode> TryRegisterAsync(
        string orderId, string paymentId, DateTimeOffset? paymentStartedAt = null)
    {
        using var response = await _http.PostAsJsonAsync(
            "v1/orders",
            new
            {
                id = orderId,
                payment_scenario = "Yookassa",
                payment_reference_id = paymentId,
                device_uuid = "machine-1",
                drink_number = "7",
                size = "medium",
                price = 15_000,
                payment_started_at = paymentStartedAt,
            });
        return response.StatusCode;
    }

    public async Task<JsonElement> OrderAsync(string orderId) =>
        await _http.GetFromJsonAsync<JsonElement>($"v1/orders/{orderId}");

    public async Task<JsonElement> StatsAsync() => await _http.GetFromJsonAsync<JsonElement>("v1/stats");

    /// <summary>Follows the order's events until it has that status; returns it as it was then.</summary>
    /// <exception cref="InvalidOperationException">The events ended without it.</exception>
    public async Task<JsonElement> WhenAsync(string orderId, string status) =>
        await WhenAsync(orderId, order => order.GetProperty("status").GetString() == status);

    /// <summary>Follows the order's events until one is as wanted; returns it as it was then.</summary>
    public async Task<JsonElement> WhenAsync(string orderId, Func<JsonElement, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var stream = await _http.GetStreamAsync($"v1/orders/{orderId}/events", patience.Token);
        var last = "nothing";
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            if (item.EventType != "order") continue;

            var order = JsonSerializer.Deserialize<JsonElement>(item.Data);
            if (isWanted(order)) return order;

            last = item.Data;
        }

        throw new InvalidOperationException($"{orderId} ended otherwise: {last}");
    }

    /// <summary>
    /// Reads the order until it has that status. What a sweep finds has no event stream to follow: it ends when the
    /// order is given up.
    /// </summary>
    /// <exception cref="TimeoutException">It never had; says how it was last.</exception>
    public async Task<JsonElement> WhenFoundAsync(string orderId, string status)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var order = await OrderAsync(orderId);
            if (order.GetProperty("status").GetString() == status) return order;
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"{orderId} is not {status}: {order}");

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>
    /// Reads all of the orders until each has its status, some at a time: thousands that ask at once are a load of
    /// their own.
    /// </summary>
    /// <exception cref="TimeoutException">One never had; says how it was last.</exception>
    public Task WhenAllFoundAsync(IEnumerable<(string Id, string Status)> orders) => Parallel.ForEachAsync(
        orders,
        new ParallelOptions { MaxDegreeOfParallelism = 64 },
        async (order, _) => await WhenFoundAsync(order.Id, order.Status));

    public void Dispose() => _http.Dispose();
}
