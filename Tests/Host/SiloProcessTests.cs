using System.Diagnostics;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Tests.Host;

/// <summary>Starts the real process.</summary>
public sealed class SiloProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _directory = Directory.CreateTempSubdirectory("coffee-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("FAST_TRACK_INTERVAL_S=soon", "FAST_TRACK_INTERVAL_S is 'soon': it must be a number of seconds ")]
    [InlineData("YOOKASSA_SECRET_KEY=top secret", "YOOKASSA_SECRET_KEY is '***': it must be ")]
    [InlineData("DATA_DIR=/dev/null/data", "DATA_DIR is '/dev/null/data': it must be a directory ")]
    public async Task Start_WithABadSetting_StopsWithOneLine(string setting, string line)
    {
        var run = await RunAsync(setting);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(line, Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithBrokenAppsettings_StopsWithOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "appsettings.json"), "{ \"LANGUAGE\": ");

        var run = await RunAsync();

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("appsettings.json", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwiceInOneDataDirectory_StopsTheSecondWithOneLine()
    {
        using var first = Start("--ASPNETCORE_URLS=http://127.0.0.1:0", "--SANDBOX_URL=http://127.0.0.1:0");
        await ReadUntilAsync(first, "Ctrl+C stops it");

        var second = await RunAsync("ASPNETCORE_URLS=http://127.0.0.1:0", "SANDBOX_URL=http://127.0.0.1:0");
        var stopped = await StopAsync(first);

        Assert.Equal((2, ""), (second.ExitCode, second.Output));
        Assert.Contains("DATA_DIR", Assert.Single(second.Errors), StringComparison.Ordinal);
        Assert.Equal(0, stopped);
    }

    private async Task<(int ExitCode, string Output, IReadOnlyList<string> Errors)> RunAsync(params string[] settings)
    {
        using var process = Start([.. settings.Select(setting => $"--{setting}")]);
        using var timeout = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = await process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return (process.ExitCode, await output, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var setting in SettingsTable.All)
            start.Environment.Remove(setting.Name);

        start.ArgumentList.Add(typeof(RunArguments).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }

    private static async Task ReadUntilAsync(Process process, string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"It ended before it said '{text}': {await process.StandardError.ReadToEndAsync(timeout.Token)}");
    }

    /// <summary>Stops it as a service manager does, with SIGTERM; its exit code.</summary>
    private static async Task<int> StopAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }
}
