using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Tests.Deploy;

/// <summary>The units in deploy/systemd, judged by systemd's own tools, and the service as systemd starts it.</summary>
public sealed partial class SystemdTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "deploy", "systemd");

    private static readonly string[] Names = ["coffee-payment-api.service", "coffee-payment.service"];

    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-systemd-").FullName;

    public static TheoryData<string> Units => [.. Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Units_AreAllThereAre() => Assert.Equal(
        Names,
        Directory.GetFiles(Folder, "*.service").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Verify_OfAUnit_SaysNothing(string unit)
    {
        var (exitCode, output) = await RunAsync("systemd-analyze", "verify", ForThisMachine(unit));

        Assert.Equal((0, ""), (exitCode, output));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Security_OfAUnit_IsRatedOk(string unit)
    {
        var (exitCode, output) = await RunAsync(
            "systemd-analyze", "security", "--offline=true", "--no-pager", Path.Combine(Folder, unit));

        Assert.Equal(0, exitCode);
        var exposure = double.Parse(ExposurePattern().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(exposure, 0, 1.3);
    }

    [Fact]
    public async Task Start_BySystemd_SaysWhenItIsReadyAndWhenItStops()
    {
        var address = Path.Combine(_folder, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(address));
        using var process = StartAsSystemdDoes(address);

        var started = await ReceiveAsync(socket);
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var stopping = await ReceiveAsync(socket);
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(("READY=1", "STOPPING=1", 0), (started, stopping, process.ExitCode));
    }

    /// <summary>The unit with programs that this machine has, which is not what is verified.</summary>
    private string ForThisMachine(string unit)
    {
        var copy = Path.Combine(_folder, unit);
        var text = File.ReadAllText(Path.Combine(Folder, unit));
        File.WriteAllText(copy, text.Replace("/usr/bin/dotnet", "/bin/sh", StringComparison.Ordinal));
        return copy;
    }

    // What counts is that the parent's name is systemd, so here a shell goes by it, and passes the signal on.
    private Process StartAsSystemdDoes(string address)
    {
        var systemd = Path.Combine(_folder, "systemd");
        File.CreateSymbolicLink(systemd, "/bin/bash");
        const string Script = """dotnet "$0" & trap "kill -TERM $!" TERM; wait $!; wait $!""";
        var start = new ProcessStartInfo(systemd, ["-c", Script, typeof(RunArguments).Assembly.Location])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        foreach (var setting in SettingsTable.All) start.Environment.Remove(setting.Name);
        start.Environment["NOTIFY_SOCKET"] = address;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["SANDBOX_URL"] = "http://127.0.0.1:0";
        start.Environment["SILO_PORT"] = start.Environment["GATEWAY_PORT"] = "0";
        return Process.Start(start)!;
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + errors);
    }

    [GeneratedRegex(@"Overall exposure level for \S+: (\d+\.\d+)")]
    private static partial Regex ExposurePattern();
}
