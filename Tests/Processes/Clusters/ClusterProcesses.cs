using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>
/// The service as shops with many machines run it: silos and an API in front, each a process, over a real Redis that
/// has every write on disk before it acknowledges it. What is left of it is killed at the latest here.
/// </summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    /// <summary>How long an order waits for its next check by default.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-cluster-");
    private readonly List<Silo> _silos = [];
    private readonly (string Name, string Value)[] _settings;
    private int _started;

    private ClusterProcesses(RedisServer redis, (string Name, string Value)[] settings)
    {
        Redis = redis;
        _settings = settings;
    }

    /// <summary>A silo, its name in the provider's record, and the provider that it asks.</summary>
    public sealed record Silo(string Name, ServiceProcess Process, RecordingProvider Provider);

    public RedisServer Redis { get; }

    /// <summary>Where all of them log.</summary>
    public DirectoryInfo LogFolder => _folder;

    public ProviderRecord Record { get; } = new();

    /// <summary>Those that run, or did when the test last heard of them.</summary>
    public IReadOnlyList<Silo> Silos => _silos;

    public ServiceProcess Api { get; private set; } = null!;

    /// <summary>Starts silos and an API; each has the settings, which count for more than the cluster's own.</summary>
    public static async Task<ClusterProcesses> StartAsync(
        int silos, params (string Name, string Value)[] settings)
    {
        var cluster = new ClusterProcesses(await RedisServer.StartAsync(isDurable: true), settings);
        try
        {
            for (var i = 0; i < silos; i++) await cluster.StartSiloAsync();
            cluster.Api = await ServiceProcess.StartApiAsync(cluster.ApiSettings);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The payment that pays the order, as the tests register it: ids of payments have 36 characters.
    /// </summary>
    public static string PaymentOf(string orderId) => orderId.PadRight(36, '.');

    public static string OrderOf(string paymentId) => paymentId.TrimEnd('.');

    public async Task<Silo> StartSiloAsync()
    {
        var name = $"silo-{Interlocked.Increment(ref _started)}";
        var provider = await RecordingProvider.StartAsync(Record, name);
        var process = await ServiceProcess.StartAsync([.. Settings(name), .. provider.Settings, .. _settings]);
        process.MayEnd = true; // As one that the others have declared dead does.
        var silo = new Silo(name, process, provider);
        lock (_silos) _silos.Add(silo);
        return silo;
    }

    /// <summary>Registers so many orders through the API and waits until each has been checked by its silo.</summary>
    public async Task<IReadOnlyList<string>> RegisterAsync(int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"order-{i}").ToList();
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (id, _) => await Api.Client.RegisterAsync(id, PaymentOf(id)));
        await Record.WhenCheckedAsync(ids, DateTimeOffset.MinValue, TimeSpan.FromSeconds(60));
        return ids;
    }

    /// <summary>SIGKILL; the silo is no longer among <see cref="Silos"/>.</summary>
    public async Task KillAsync(Silo silo)
    {
        lock (_silos) _silos.Remove(silo);
        await silo.Process.KillAsync();
        await EndAsync(silo);
    }

    /// <summary>SIGKILL, and an API at the same address again.</summary>
    public async Task ReplaceApiAsync()
    {
        await Api.KillAsync();
        await Api.DisposeAsync();
        Api = await ServiceProcess.StartApiAsync(Api.Url, ApiSettings);
    }

    /// <summary>SIGTERM; returns how long it took to exit.</summary>
    public async Task<TimeSpan> TerminateAsync(Silo silo)
    {
        lock (_silos) _silos.Remove(silo);
        var (_, duration) = await silo.Process.TerminateAsync();
        await EndAsync(silo);
        return duration;
    }

    /// <summary>Completes when one of the silos says in its log that another is dead and taken over.</summary>
    /// <exception cref="TimeoutException">None says so.</exception>
    public async Task WhenDeclaredDeadAsync(TimeSpan patience)
    {
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!_folder.EnumerateFiles("*.log").Any(SaysTakenOver))
        {
            if (TimeProvider.System.GetUtcNow() > deadline) throw new TimeoutException("No silo was declared dead.");

            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Api is not null) await Api.DisposeAsync();
        await Task.WhenAll(_silos.Select(EndAsync));
        Redis.Dispose();
        _folder.Delete(recursive: true);
    }

    private static bool SaysTakenOver(FileInfo log)
    {
        using var stream = log.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Contains("its orders are taken over", StringComparison.Ordinal);
    }

    private static async Task EndAsync(Silo silo)
    {
        await silo.Process.DisposeAsync();
        await silo.Provider.DisposeAsync();
    }

    private (string Name, string Value)[] ApiSettings => [.. Settings("api"), .. _settings];

    private (string Name, string Value)[] Settings(string name) =>
    [
        ("REDIS_URL", Redis.Url),
        ("CLUSTER_SECRET", "secret-of-the-tests"),
        ("LOG_FILE", Path.Combine(_folder.FullName, $"{name}.log")),
    ];
}
