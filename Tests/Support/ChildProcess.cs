using System.Diagnostics;
using CoffeePayment.Tests.Storage.Sqlite;

namespace CoffeePayment.Tests.Support;

/// <summary>This assembly as a process of its own, which does one of the things in <see cref="Main"/>.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Where the child comes in. Test runners do not come this way: they load the assembly.</summary>
    public static Task Main(string[] arguments) => arguments switch
    {
        [nameof(SqliteChild.WriteUntilKilled), var folder] => SqliteChild.WriteUntilKilled(folder),
        _ => throw new ArgumentException("Not a program: run `dotnet test`.", nameof(arguments)),
    };

    public static ChildProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(ChildProcess).Assembly.Location },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>What it prints, until it has ended and everything is read.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            yield return line;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    public async Task EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }
}
