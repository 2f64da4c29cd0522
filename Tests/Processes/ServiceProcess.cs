using System.Diagnostics;
using System.Text;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Tests.Processes;

/// <summary>
/// The service as users run it: its own process, its own folder, real sockets. It is killed at the latest here.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(240);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServiceProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
        Client = new ServiceClient(url);
    }

    public ServiceClient Client { get; }

    /// <summary>Where it listens; ends with a slash.</summary>
    public Uri Url { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>How it ended; only when it has.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it may end by itself; if it may not and does, the test that disposes of it fails.</summary>
    public bool MayEnd { get; set; }

    /// <summary>What it has printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    public static Task<ServiceProcess> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync("CoffeePayment.Silo.dll", FreeUrl(), settings);

    /// <summary>Starts the API as a process in front of a cluster and waits until it is ready.</summary>
    public static Task<ServiceProcess> StartApiAsync(params (string Name, string Value)[] settings) =>
        StartApiAsync(FreeUrl(), settings);

    /// <summary>The same at an address of the caller's choice; ends with a slash.</summary>
    public static Task<ServiceProcess> StartApiAsync(Uri url, params (string Name, string Value)[] settings) =>
        StartAsync("CoffeePayment.Api.dll", url, settings);

    /// <summary>Starts the service at an address of the caller's choice and does not wait for it.</summary>
    /// <param name="url">Where it is to listen; ends with a slash.</param>
    /// <param name="command">What its command line is appended to: another program that runs it, or nothing.</param>
    /// <param name="settings">The other settings.</param>
    public static ServiceProcess Launch(
        Uri url, IReadOnlyList<string> command, params (string Name, string Value)[] settings) => Launch(
            "CoffeePayment.Silo.dll",
            url,
            command,
            [
                ("ASPNETCORE_URLS", url.ToString().TrimEnd('/')), ("SILO_PORT", "0"), ("GATEWAY_PORT", "0"),
                .. settings,
            ]);

    private static Uri FreeUrl() => new($"http://127.0.0.1:{FreePort.OfLoopback()}/");

    private static async Task<ServiceProcess> StartAsync(
        string assembly, Uri url, params (string Name, string Value)[] settings)
    {
        var service = Launch(
            assembly,
            url,
            [],
            [
                ("ASPNETCORE_URLS", url.ToString().TrimEnd('/')),
                ("SANDBOX_URL", $"http://127.0.0.1:{FreePort.OfLoopback()}"),
                ("SILO_PORT", FreePort.OfLoopback().ToString()),
                ("GATEWAY_PORT", FreePort.OfLoopback().ToString()),
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
        MayEnd = true;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Completes when it has ended and all that it printed is in <see cref="Output"/>.</summary>
    public Task WhenEndedAsync()
    {
        MayEnd = true;
        return _process.WaitForExitAsync();
    }

    /// <summary>What Ctrl+C does; returns the exit code and how long it took.</summary>
    public Task<(int ExitCode, TimeSpan Duration)> InterruptAsync() => StopAsync("INT");

    /// <summary>SIGTERM, as orchestrators send it; returns the exit code and how long it took.</summary>
    public Task<(int ExitCode, TimeSpan Duration)> TerminateAsync() => StopAsync("TERM");

    /// <summary>SIGSTOP: nothing of it runs until <see cref="Continue"/>.</summary>
    public void Pause() => Signal("STOP");

    public void Continue() => Signal("CONT");

    /// <summary>Kills it if it runs.</summary>
    /// <exception cref="InvalidOperationException">
    /// It has ended and <see cref="MayEnd"/> not; its output is told.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        var end = $"The service ended by itself, with exit code {_process.ExitCode}; it printed:\n{Output}";
        Client.Dispose();
        _process.Dispose();
        if (!MayEnd) throw new InvalidOperationException(end);
    }

    private static ServiceProcess Launch(
        string assembly, Uri url, IEnumerable<string> command, IEnumerable<(string Name, string Value)> settings)
    {
        string[] words = [.. command, "dotnet", Path.Combine(AppContext.BaseDirectory, assembly)];
        var start = new ProcessStartInfo(words[0], words[1..])
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

    private async Task<(int ExitCode, TimeSpan Duration)> StopAsync(string signal)
    {
        MayEnd = true;
        var started = Stopwatch.StartNew();
        Signal(signal);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (_process.ExitCode, started.Elapsed);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString()]);
        kill.WaitForExit();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    /// <summary>Waits until it says that it is ready: a process cannot be awaited to listen, so it is asked.</summary>
    /// <exception cref="InvalidOperationException">It has ended or takes too long; its output is told.</exception>
    public async Task BecomeReadyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.StartNew();
        while (!await Client.IsReadyAsync())
        {
            if (_process.HasExited || started.Elapsed > StartTimeout)
            {
                MayEnd = true;
                throw new InvalidOperationException($"The service is not ready; it printed:\n{Output}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
