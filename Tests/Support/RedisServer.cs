using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Tests.Support;

/// <summary>
/// A real redis-server on a free port of the loopback address, with a folder of its own; it goes with the object.
/// </summary>
internal sealed class RedisServer : IDisposable
{
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-redis-").FullName;
    private readonly bool _isDurable;
    private readonly string? _password;
    private Process _process;

    private RedisServer(bool isDurable, string? password)
    {
        _isDurable = isDurable;
        _password = password;
        Port = FreePort.OfLoopback();
        _process = Launch();
    }

    public int Port { get; }

    /// <summary>As <c>REDIS_URL</c> has it.</summary>
    public string Url => _password is null
        ? $"redis://127.0.0.1:{Port}/0"
        : $"redis://:{Uri.EscapeDataString(_password)}@127.0.0.1:{Port}/0";

    /// <summary>Starts one, and waits until it answers.</summary>
    /// <param name="isDurable">Whether each write is on disk before it is acknowledged.</param>
    /// <param name="password">What clients must say; null: nothing.</param>
    public static async Task<RedisServer> StartAsync(bool isDurable = false, string? password = null)
    {
        var server = new RedisServer(isDurable, password);
        try
        {
            await server.ListeningAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again after <see cref="Kill"/>, on the same port and data; waits until it answers.</summary>
    public async Task RestartAsync(params string[] arguments)
    {
        _process.Dispose();
        _process = Launch(arguments);
        await ListeningAsync();
    }

    /// <summary>Sends a command, in words; returns the first line of the answer.</summary>
    public async Task<string?> CommandAsync(string command)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), patience.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(patience.Token);
    }

    /// <summary>SIGSTOP: connections stay, nothing is answered.</summary>
    public void Pause() => Signal(StopSignal);

    public void Continue() => Signal(ContinueSignal);

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int processId, int signal);

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("redis-server")
        {
            ArgumentList =
            {
                "--port", Port.ToString(CultureInfo.InvariantCulture),
                "--bind", "127.0.0.1",
                "--dir", _folder,
                "--save", "",
                "--appendonly", _isDurable ? "yes" : "no",
                "--appendfsync", "always",
                "--logfile", Path.Combine(_folder, "log"),
            },
            UseShellExecute = false,
        };
        if (_password is not null)
        {
            start.ArgumentList.Add("--requirepass");
            start.ArgumentList.Add(_password);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }

    private async Task ListeningAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(LookInterval);
        do
        {
            Assert.False(_process.HasExited, "redis-server has ended.");
            if (await IsListeningAsync(patience.Token))
                return;
        }
        while (await look.WaitForNextTickAsync(patience.Token));
    }

    // It takes connections before it has read its data; what it says then is not PONG.
    private async Task<bool> IsListeningAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await CommandAsync("PING").WaitAsync(cancellationToken);
            return answer is "+PONG" || answer?.StartsWith("-NOAUTH", StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
