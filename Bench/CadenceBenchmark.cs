using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CoffeePayment.Bench;

/// <summary>
/// Registers orders over HTTP, lets them be checked on the fast track, and reads from the sandbox, which is asked, how
/// regularly it was asked.
/// </summary>
internal static class CadenceBenchmark
{
    private const int Registrars = 32;
    private const string PaymentPrefix = "bench-payment-";

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("coffee-bench-");
        try
        {
            return await RunAsync(options, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options, string folder)
    {
        var sandboxUrl = FreeUrl();
        var siloUrl = FreeUrl();
        await using var sandbox = await ChildProcess.StartAsync(
            "Sandbox",
            [
                "--urls", sandboxUrl.ToString().TrimEnd('/'),
                "--provider-latency-ms", options.LatencyMs.ToString(),
                "--answer-unknown-as-pending", PaymentPrefix,
                "--requests-kept", "1",
            ],
            new Dictionary<string, string>(),
            new Uri(sandboxUrl, "sandbox/stats"));
        await using var silo = await ChildProcess.StartAsync(
            "Silo", [], SettingsOf(sandboxUrl, siloUrl, folder), new Uri(siloUrl, "health/ready"));
        using var client = new HttpClient { BaseAddress = siloUrl };

        Console.Error.WriteLine($"Registering {options.Orders:N0} orders ...");
        var registering = Stopwatch.StartNew();
        var registrations = await RegisterAsync(client, options.Orders);
        var registered = registering.Elapsed;

        Console.Error.WriteLine($"Watching their checks for {options.Seconds} s ...");
        await Task.Delay(TimeSpan.FromSeconds(10));
        var cpuBefore = silo.CpuTime;
        var checksBefore = await ChecksAsync(client);
        var watching = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds - 10));
        var watched = watching.Elapsed;
        var cpu = silo.CpuTime - cpuBefore;
        var checks = await ChecksAsync(client) - checksBefore;

        using var traffic = await SandboxStatsAsync(sandboxUrl);
        var intervals = traffic.RootElement.GetProperty("provider").GetProperty("intervals");
        using var stats = await StatsAsync(client);
        var lateness = stats.RootElement.GetProperty("lateness");
        return
        [
            new("orders pending, on the fast track", $"{options.Orders:N0}"),
            new("provider latency", $"{options.LatencyMs} ms"),
            new("registrations through HTTP", $"{options.Orders / registered.TotalSeconds:N0}/s"),
            new("  p99", $"{Percentile(registrations, 0.99).TotalMilliseconds:N1} ms"),
            new("checks", $"{checks / watched.TotalSeconds:N1}/s", $"{options.Orders / 5.0:N1}/s"),
            new("interval between checks of an order, p1", $"{intervals.GetProperty("p1_ms").GetInt32():N0} ms"),
            new("  p50", $"{intervals.GetProperty("p50_ms").GetInt32():N0} ms", "4,900 to 5,100 ms"),
            new("  p99", $"{intervals.GetProperty("p99_ms").GetInt32():N0} ms", "at most 5,500 ms"),
            new("  longest", $"{intervals.GetProperty("max_ms").GetInt32():N0} ms"),
            new("lateness of checks, p50", $"{lateness.GetProperty("p50_ms").GetDouble():N1} ms"),
            new("  p99", $"{lateness.GetProperty("p99_ms").GetDouble():N1} ms"),
            new("CPU of the silo", $"{cpu / watched:N2} cores", "less than 1 core"),
            new("CPU of the silo, a check", $"{cpu.TotalMicroseconds / Math.Max(1, checks):N0} µs"),
            new("resident memory of the silo", $"{silo.ResidentBytes / (1024.0 * 1024.0):N0} MiB"),
        ];
    }

    private static Dictionary<string, string> SettingsOf(Uri sandboxUrl, Uri siloUrl, string folder) => new()
    {
        ["ASPNETCORE_URLS"] = siloUrl.ToString().TrimEnd('/'),
        ["DATA_DIR"] = folder,
        ["LOG_FILE"] = Path.Combine(folder, "silo.log"),
        ["SILO_PORT"] = FreeUrl().Port.ToString(),
        ["GATEWAY_PORT"] = FreeUrl().Port.ToString(),
        ["YOOKASSA_ACCOUNT_ID"] = "sandbox",
        ["YOOKASSA_SECRET_KEY"] = "sandbox",
        ["YOOKASSA_API_URL"] = new Uri(sandboxUrl, "v3").ToString(),
        ["TMETR_HOST"] = sandboxUrl.ToString().TrimEnd('/'),
        ["TMETR_TOKEN"] = "sandbox",
    };

    private static async Task<IReadOnlyList<TimeSpan>> RegisterAsync(HttpClient client, int orders)
    {
        var durations = new TimeSpan[orders];
        await Parallel.ForAsync(
            0,
            orders,
            new ParallelOptions { MaxDegreeOfParallelism = Registrars },
            async (number, cancellationToken) =>
            {
                var started = Stopwatch.GetTimestamp();
                using var response = await client.PostAsJsonAsync(
                    "v1/orders",
                    new
                    {
                        id = $"bench-{number}",
                        payment_scenario = "Yookassa",
                        payment_reference_id = $"{PaymentPrefix}{number}",
                        device_uuid = "bench-machine",
                        drink_number = "1",
                        size = "small",
                        price = 10_000,
                    },
                    cancellationToken);
                response.EnsureSuccessStatusCode();
                durations[number] = Stopwatch.GetElapsedTime(started);
            });
        return durations;
    }

    private static async Task<long> ChecksAsync(HttpClient client)
    {
        using var stats = await StatsAsync(client);
        return stats.RootElement.GetProperty("checks").GetInt64();
    }

    private static async Task<JsonDocument> StatsAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync("v1/stats"));

    private static async Task<JsonDocument> SandboxStatsAsync(Uri sandboxUrl)
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri(sandboxUrl, "sandbox/stats")));
    }

    private static TimeSpan Percentile(IReadOnlyList<TimeSpan> durations, double share) =>
        durations.Order().ElementAt((int)Math.Ceiling(durations.Count * share) - 1);

    private static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
