using System.Text.Json;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Bench.Processes;

/// <summary>The sandbox as the provider: every payment is pending, and it says how it was asked.</summary>
internal sealed class ProviderProcess : IAsyncDisposable
{
    public const string PaymentPrefix = "bench-payment-";

    /// <summary>
    /// The real one has cores of its own; this one shares ours, so it answers on the threads that read its sockets: its
    /// handlers never block. A request of a silo on Redis costs it 36 to 45 microseconds at the highest rate in five
    /// runs, and 53 without this in one.
    /// </summary>
    private static readonly Dictionary<string, string> Lean =
        new() { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };

    private readonly MeasuredProcess _process;
    private readonly HttpClient _client;

    private ProviderProcess(MeasuredProcess process, Uri url)
    {
        _process = process;
        Url = url;
        _client = new HttpClient { BaseAddress = url };
    }

    public Uri Url { get; }

    public TimeSpan CpuTime => _process.CpuTime;

    public static async Task<ProviderProcess> StartAsync(int latencyMs, CancellationToken stop)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.OfLoopback()}/");
        var program = BuiltPrograms.Run(
            "Sandbox",
            "--urls", url.ToString().TrimEnd('/'),
            "--provider-latency-ms", $"{latencyMs}",
            "--answer-unknown-as-pending", PaymentPrefix,
            "--requests-kept", "0");
        var process = MeasuredProcess.Start("dotnet", program, Lean);
        process.IgnoreOutput();
        var provider = new ProviderProcess(process, url);
        try
        {
            await Readiness.WaitAsync("The sandbox", process, () => provider.IsReadyAsync(stop), stop);
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counts anew: what is read later began now.</summary>
    public async Task ResetAsync(CancellationToken stop)
    {
        using var response = await _client.DeleteAsync("sandbox/stats", stop);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How it was asked since the last reset.</summary>
    public async Task<ProviderFigures> ReadAsync(CancellationToken stop)
    {
        var stats = await _client.GetFromJsonAsync<JsonElement>("sandbox/stats", stop);
        var provider = stats.GetProperty("provider");
        var intervals = provider.GetProperty("intervals");
        var arrivals = provider.GetProperty("arrivals");
        return new ProviderFigures(
            provider.GetProperty("requests").GetInt64(),
            intervals.GetProperty("count").GetInt64(),
            Number(intervals, "p1_ms"),
            Number(intervals, "p50_ms"),
            Number(intervals, "p99_ms"),
            Number(arrivals, "empty_share"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        using var response = await _client.GetAsync("sandbox/stats", stop);
        return response.IsSuccessStatusCode;
    }

    // What was never seen is left out of the answer.
    private static double Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}

/// <summary>How the provider was asked.</summary>
/// <param name="Intervals">How many times a payment was asked about again.</param>
/// <param name="IntervalP1Ms">1 % of payments were asked about again after at most this.</param>
/// <param name="EmptyShare">Share of the 20 ms in which nobody asked.</param>
internal sealed record ProviderFigures(
    long Requests, long Intervals, double IntervalP1Ms, double IntervalP50Ms, double IntervalP99Ms, double EmptyShare);
