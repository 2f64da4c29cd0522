using System.Diagnostics;

namespace CoffeePayment.Bench;

/// <summary>One of our programs as a process of its own, so that its CPU time and memory are its own. Ends with this.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>CPU time used so far, user and system.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts one of the programs built beside this one, and waits until it answers on <paramref name="ready"/>.</summary>
    /// <param name="project">The folder of the project, such as <c>Silo</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Settings, beside the inherited ones.</param>
    /// <param name="ready">What answers 2xx once the program can work.</param>
    /// <exception cref="InvalidOperationException">The program ended, or was not ready in time.</exception>
    public static async Task<ChildProcess> StartAsync(
        string project, IEnumerable<string> arguments, IDictionary<string, string> environment, Uri ready)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(AssemblyOf(project));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{project} did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var child = new ChildProcess(process);
        try
        {
            await child.BecomeReadyAsync(project, ready);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task BecomeReadyAsync(string project, Uri ready)
    {
        using var client = new HttpClient();
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartTimeout)
        {
            if (_process.HasExited) throw new InvalidOperationException($"{project} ended at once: see above.");

            try
            {
                using var response = await client.GetAsync(ready);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        throw new InvalidOperationException($"{project} was not ready within {StartTimeout.TotalSeconds} s.");
    }

    // This program lies in Bench/bin/<configuration>/<framework>; the others lie beside it, in theirs.
    private static string AssemblyOf(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var root = configuration.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(
            root, project, "bin", configuration.Name, framework.Name, $"CoffeePayment.{project}.dll");
    }
}
