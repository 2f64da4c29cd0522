using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Tests.Observability;

/// <summary>
/// A real Prometheus with our configuration, in which only what it scrapes and how often are changed; it goes with the
/// object.
/// </summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-prometheus-");
    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private readonly HttpClient _http;

    private PrometheusServer(IEnumerable<Uri> targets)
    {
        var port = FreePort.OfLoopback();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        File.Copy(Path.Combine(DeployFolder.Prometheus, "alerts.yml"), Path.Combine(_folder.FullName, "alerts.yml"));
        var configuration = Path.Combine(_folder.FullName, "prometheus.yml");
        File.WriteAllText(configuration, Configuration(targets));
        _process = Start(configuration, Path.Combine(_folder.FullName, "data"), port);
    }

    public static PrometheusServer Start(params IEnumerable<Uri> targets) => new(targets);

    /// <summary>Asks until an expression has a result; returns its values.</summary>
    /// <exception cref="InvalidOperationException">It takes too long; what Prometheus printed is told.</exception>
    public async Task<IReadOnlyList<double>> WhenAsync(
        string expression, Func<IReadOnlyList<double>, bool> isWanted)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var started = Stopwatch.StartNew();
        while (started.Elapsed < Patience)
        {
            if (await TryQueryAsync(expression) is { } values && isWanted(values)) return values;

            await timer.WaitForNextTickAsync();
        }

        lock (_output) throw new InvalidOperationException($"{expression} did not become so; Prometheus: {_output}");
    }

    /// <summary>The error that asking the expression comes to; null if it is answered.</summary>
    public async Task<string?> ErrorOfAsync(string expression)
    {
        var answer = await GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}");
        return answer.TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    /// <summary>Every metric that it knows.</summary>
    public async Task<IReadOnlySet<string>> MetricNamesAsync() =>
        (await GetAsync("api/v1/label/__name__/values")).GetProperty("data").EnumerateArray()
            .Select(name => name.GetString()!)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The rules: their names, and whether they can be evaluated.</summary>
    public async Task<IReadOnlyList<(string Name, string Health)>> RulesAsync()
    {
        var rules = await GetAsync("api/v1/rules");
        return
        [
            .. rules.GetProperty("data").GetProperty("groups").EnumerateArray()
                .SelectMany(group => group.GetProperty("rules").EnumerateArray())
                .Select(rule => (rule.GetProperty("name").GetString()!, rule.GetProperty("health").GetString()!)),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Configuration(IEnumerable<Uri> targets) =>
        File.ReadAllText(Path.Combine(DeployFolder.Prometheus, "single.yml"))
            .Replace("10s", "1s", StringComparison.Ordinal)
            .Replace(
                "\"127.0.0.1:5080\"",
                string.Join(", ", targets.Select(target => $"\"{target.Authority}\"")),
                StringComparison.Ordinal);

    private Process Start(string configuration, string data, int port)
    {
        var start = new ProcessStartInfo(
            "prometheus",
            [
                $"--config.file={configuration}",
                $"--storage.tsdb.path={data}",
                $"--web.listen-address=127.0.0.1:{port}",
                "--log.level=warn",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    private async Task<IReadOnlyList<double>?> TryQueryAsync(string expression)
    {
        try
        {
            var answer = await GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}");
            return
            [
                .. answer.GetProperty("data").GetProperty("result").EnumerateArray().Select(
                    sample => double.Parse(sample.GetProperty("value")[1].GetString()!)),
            ];
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException)
        {
            // It does not listen yet, or is still reading what it has stored.
            return null;
        }
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }
}
