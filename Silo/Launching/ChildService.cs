using System.Diagnostics;

namespace CoffeePayment.Silo.Launching;

/// <summary>One of the programs that make a cluster on this machine, its output prefixed by its name.</summary>
internal sealed class ChildService : IDisposable
{
    private static readonly string? OwnSession = Programs.Find("setsid");

    private readonly Process _process;

    private ChildService(string name, Process process)
    {
        Name = name;
        _process = process;
        Ended = process.WaitForExitAsync();
    }

    public string Name { get; }

    public int ProcessId => _process.Id;

    /// <summary>Completes when it has ended, for whatever reason.</summary>
    public Task Ended { get; }

    /// <summary>What it ended with; more than 128 is the number of a signal plus 128.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts one of the service's own programs, which lie beside this one.</summary>
    public static ChildService StartOwn(string name, string program, IEnumerable<string> arguments) => Start(
        name, "dotnet", [Path.Combine(AppContext.BaseDirectory, $"CoffeePayment.{program}.dll"), .. arguments]);

    /// <summary>
    /// Starts a program, in a session of its own where that can be had: Ctrl+C goes to this process alone then, which
    /// stops the others in order.
    /// </summary>
    public static ChildService Start(string name, string program, IEnumerable<string> arguments)
    {
        string[] command = OwnSession is null ? [program, .. arguments] : [OwnSession, program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Print(Console.Out, name, line.Data);
        process.ErrorDataReceived += (_, line) => Print(Console.Error, name, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildService(name, process);
    }

    /// <summary>
    /// Tells it to stop, with SIGTERM, and waits until it has; after <paramref name="patience"/> it is killed.
    /// </summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (Ended.IsCompleted) return;

        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        try
        {
            await Ended.WaitAsync(patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await Ended;
        }
    }

    public void Dispose() => _process.Dispose();

    private static void Print(TextWriter output, string name, string? line)
    {
        if (line is not null) output.WriteLine($"{name,-6} | {line}");
    }
}
