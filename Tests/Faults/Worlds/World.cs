using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.StandIns;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Faults.Worlds;

/// <summary>The service in its processes, with its storage, its provider and its machines.</summary>
internal abstract class World : IAsyncDisposable
{
    private readonly List<string> _crashes = [];
    private int _ends;

    protected World(ProviderStandIn provider, MachineStandIn machine)
    {
        Provider = provider;
        Machine = machine;
    }

    public ProviderStandIn Provider { get; }

    public MachineStandIn Machine { get; }

    /// <summary>How the orders of the campaigns that are over have ended, by their ids.</summary>
    public Dictionary<string, End> Settled { get; } = new(StringComparer.Ordinal);

    /// <summary>Where customers call; stays while processes come and go.</summary>
    public abstract Uri Door { get; }

    /// <summary>Processes that ended although nobody had ended them, each with the last of what it printed.</summary>
    public IReadOnlyList<string> Crashes
    {
        get
        {
            lock (_crashes) return [.. _crashes];
        }
    }

    /// <summary>How many processes ended by themselves because they had to, and said so.</summary>
    public int Ends => Volatile.Read(ref _ends);

    /// <summary>The most memory that one of the processes has had resident. MiB.</summary>
    public long PeakMemoryMiB { get; private set; }

    protected abstract IEnumerable<ServiceProcess> Processes { get; }

    /// <summary>The folder of the logs.</summary>
    protected abstract string LogFolder { get; }

    /// <summary>
    /// Short times, so that a life takes seconds; but for the provider's, which a busy machine needs. What is late is
    /// late by minutes.
    /// </summary>
    protected (string Name, string Value)[] Settings =>
    [
        ("YOOKASSA_ACCOUNT_ID", "account"),
        ("YOOKASSA_SECRET_KEY", "secret"),
        ("YOOKASSA_API_URL", new Uri(Provider.Url, "v3").ToString()),
        ("TMETR_HOST", Machine.Url.ToString().TrimEnd('/')),
        ("TMETR_TOKEN", "token"),
        ("FAST_TRACK_LIMIT_S", "300"),
        ("FAST_TRACK_INTERVAL_S", "0.5"),
        ("SLOW_TRACK_INTERVAL_S", "2"),
        ("PAYMENT_CHECK_INTERVAL_S", "1"),
        ("PAYMENT_API_TIMEOUT_S", "3"),
        ("LATE_CHECKS", "2s,6s,15s,40s,90s"),
    ];

    /// <summary>Does what an orchestrator does every second: starts again what has ended.</summary>
    public virtual Task TendAsync()
    {
        foreach (var process in Processes) PeakMemoryMiB = Math.Max(PeakMemoryMiB, PeakMemoryOf(process.Id));
        return Task.CompletedTask;
    }

    /// <summary>What the logs tell of bugs: what nobody caught.</summary>
    public IReadOnlyList<string> Uncaught() => LogLines(static line =>
        line.Contains("Unhandled exception.", StringComparison.Ordinal)
            || line.Contains("unobserved", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the logs say about answers with 500.</summary>
    public IReadOnlyList<string> Unforeseen() =>
        LogLines(static line => line.Contains("nobody foresaw", StringComparison.Ordinal));

    public virtual async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Machine.DisposeAsync();
    }

    protected static async Task<(ProviderStandIn Provider, MachineStandIn Machine)> StartStandInsAsync()
    {
        var (provider, machine) = (new ProviderStandIn(), new MachineStandIn());
        await Task.WhenAll(provider.StartAsync(), machine.StartAsync());
        return (provider, machine);
    }

    /// <summary>Notes that the process, which has ended, crashed, unless it may end like that.</summary>
    protected async Task NoteEndAsync(ServiceProcess process, Func<ServiceProcess, bool> mayEnd)
    {
        // What it printed last, which says why, may still be under way.
        await process.WhenEndedAsync();
        if (mayEnd(process))
        {
            Interlocked.Increment(ref _ends);
            return;
        }

        var output = process.Output;
        lock (_crashes) _crashes.Add($"exit code {process.ExitCode}: {output[Math.Max(0, output.Length - 2_000)..]}");
    }

    // Each with the one that follows, which names the exception.
    private List<string> LogLines(Func<string, bool> isWanted)
    {
        var lines = new List<string>();
        foreach (var file in Directory.EnumerateFiles(LogFolder, "*.log"))
        {
            // The name under which the current one is found a second time.
            if (new FileInfo(file).LinkTarget is not null) continue;

            using var stream = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                if (isWanted(line)) lines.Add($"{line} {reader.ReadLine()}");
            }
        }

        return lines;
    }

    private static long PeakMemoryOf(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith("VmHWM:"));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
