using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CoffeePayment.Tests.Processes;

/// <summary>The service as users run it: its own process, its own folder, real sockets. It is killed at the latest here.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServiceProcess(Process process, Uri url)
    {
        _process = process;
        Client = new ServiceClient(url);
    }

    public ServiceClient Client { get; }

    /// <summary>What it has printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}/");
        var service = Launch(
            url,
            [
                ("ASPNETCORE_URLS", url.ToString().TrimEnd('/')),
                ("SANDBOX_URL", $"http://127.0.0.1:{FreePort()}"),
                ("SILO_PORT", FreePort().ToString()),
                ("GATEWAY_PORT", FreePort().ToString()),
                .. settings,
            ]);
        try
        {
            await service.BecomeReadyAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What Ctrl+C does; returns the exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Duration)> InterruptAsync()
    {
        var started = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString()]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return (_process.ExitCode, started.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ServiceProcess Launch(Uri url, IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CoffeePayment.Silo.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var process = Process.Start(start)!;
        var service = new ServiceProcess(process, url);
        process.OutputDataReceived += service.Keep;
        process.ErrorDataReceived += service.Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return service;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    // A process cannot be awaited to listen: it is asked until it answers.
    private async Task BecomeReadyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.StartNew();
        while (!await Client.IsReadyAsync())
        {
            if (_process.HasExited || started.Elapsed > StartTimeout)
                throw new InvalidOperationException($"The service is not ready; it printed:\n{Output}");

            await timer.WaitForNextTickAsync();
        }
    }
}
