using System.Net;
using System.Net.Sockets;
using CoffeePayment.Hosting.Clustering;

namespace CoffeePayment.Bench.Processes;

/// <summary>
/// A Redis of its own. Unless told to sync it writes nothing to disk: what is measured is the service, not the disk of
/// this machine.
/// </summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly MeasuredProcess _process;
    private readonly DirectoryInfo _folder;

    private RedisProcess(MeasuredProcess process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>As <c>REDIS_URL</c> has it.</summary>
    public string Url => $"redis://127.0.0.1:{Port}/0";

    public TimeSpan CpuTime => _process.CpuTime;

    public static async Task<RedisProcess> StartAsync(bool syncs, CancellationToken stop)
    {
        var port = FreePort.OfLoopback();
        var folder = Directory.CreateTempSubdirectory("coffee-bench-redis-");
        var process = MeasuredProcess.Start(
            "redis-server",
            [
                "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder.FullName,
                "--save", "", "--appendonly", syncs ? "yes" : "no", "--appendfsync", "always", "--loglevel", "warning",
            ]);
        process.IgnoreOutput();
        var redis = new RedisProcess(process, folder, port);
        try
        {
            await Readiness.WaitAsync("redis-server", process, () => ListensAsync(port, stop), stop);
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, stop);
        return true;
    }
}
