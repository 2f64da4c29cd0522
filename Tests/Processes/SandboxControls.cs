using System.Text.Json;

namespace CoffeePayment.Tests.Processes;

/// <summary>The sandbox's controls, over real HTTP.</summary>
public sealed class SandboxControls(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url };

    /// <summary>The settings of a service that has this sandbox for its provider and its machine.</summary>
    public (string Name, string Value)[] Settings(string folder) =>
    [
        ("DATA_DIR", folder),
        ("LOG_FILE", Path.Combine(folder, "service.log")),
        ("YOOKASSA_ACCOUNT_ID", "sandbox"),
        ("YOOKASSA_SECRET_KEY", "sandbox"),
        ("YOOKASSA_API_URL", new Uri(url, "v3").ToString()),
        ("TMETR_HOST", url.ToString().TrimEnd('/')),
        ("TMETR_TOKEN", "sandbox"),
    ];

    /// <summary>Puts a payment of 150.00 RUB into a status, creating it if need be.</summary>
    public Task PutPaymentAsync(string paymentId, string status, string? reason = null) => PutAsync(
        $"sandbox/payments/{paymentId}",
        new { status, reason, amount = new { value = "150.00", currency = "RUB" } });

    public Task PutFaultsAsync(object faults) => PutAsync("sandbox/faults", faults);

    /// <summary>The orders that the machine got commands for, one for each command.</summary>
    public async Task<IReadOnlyList<string>> CommandedOrdersAsync()
    {
        var makes = await _http.GetFromJsonAsync<JsonElement>("sandbox/makes");
        return [.. makes.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("order_uuid").GetString()!)];
    }

    public void Dispose() => _http.Dispose();

    private async Task PutAsync(string path, object body)
    {
        using var response = await _http.PutAsJsonAsync(
            path,
            body,
            new JsonSerializerOptions
            {
                DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
            });
        response.EnsureSuccessStatusCode();
    }
}
