using System.Runtime.InteropServices;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Sandbox;
using CoffeePayment.Silo.Hosting;

namespace CoffeePayment.Silo.Launching;

/// <summary>
/// <c>--silos N</c>: a cluster on this machine, each part a process of its own, so that one can be killed and the
/// others watched.
/// </summary>
internal sealed class ClusterLauncher(ServiceSettings settings, IReadOnlyList<string> given) : IAsyncDisposable
{
    private const string Loopback = "http://127.0.0.1";

    // Longer than a silo takes to hand its orders over.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(35);

    private readonly List<ChildService> _silos = [];
    private SandboxServer? _sandbox;
    private ChildService? _redis;
    private ChildService? _api;

    /// <summary>Runs until it is told to stop, or nothing is left to run.</summary>
    public async Task<int> RunAsync(int silos)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        Console.Out.WriteLine($"CoffeePayment on {EngineIdentity.Describe()}");
        _sandbox = await StartUp.StartSandboxAsync(settings);
        var common = StartRedis();
        var urls = settings.Get(SettingsTable.Urls);
        _api = ChildService.StartOwn("api", "Api", [.. common, Log("api")]);
        Say("api", _api, string.Join(' ', urls));
        for (var i = 1; i <= silos; i++)
        {
            var url = $"{Loopback}:{FreePort.OfLoopback()}";
            var silo = ChildService.StartOwn(
                $"silo{i}", "Silo", [.. common, .. Provider(), $"--{SettingsTable.Urls.Name}={url}", Log($"silo{i}")]);
            _silos.Add(silo);
            Say(silo.Name, silo, url);
        }

        Console.Out.WriteLine($"Kill a silo and watch the others take its orders over: kill -9 {_silos[0].ProcessId}");
        Console.Out.WriteLine("Ctrl+C stops all of them. What they print follows, each line after its process's name.");
        return await WatchAsync(stop.Task);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    /// <summary>Stops what still runs: the API first, Redis last.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_api is not null) await _api.StopAsync(StopPatience);
        await Task.WhenAll(_silos.Select(silo => silo.StopAsync(StopPatience)));
        if (_redis is not null) await _redis.StopAsync(StopPatience);
        if (_sandbox is not null) await _sandbox.DisposeAsync();
        foreach (var child in Children()) child.Dispose();
    }

    /// <summary>Tells of those that end; none is started again, so that one can see what its end means.</summary>
    private async Task<int> WatchAsync(Task stop)
    {
        var running = Children().ToList();
        while (running.Exists(child => _silos.Contains(child)))
        {
            var ended = await Task.WhenAny([stop, .. running.Select(child => child.Ended)]);
            if (ended == stop) return ServiceProcess.Fine;

            foreach (var child in running.Where(child => child.Ended.IsCompleted).ToList())
            {
                running.Remove(child);
                Console.Out.WriteLine(
                    $"{child.Name,-6} has ended with exit code {child.ExitCode} and is not started again; "
                        + $"{_silos.Count(running.Contains)} silos are left.");
            }
        }

        Console.Out.WriteLine("No silo is left; the rest stops too.");
        return ServiceProcess.Broken;
    }

    private List<string> StartRedis()
    {
        // What comes later on a command line wins.
        var common = new List<string>(given);
        if (!settings.IsCluster)
        {
            (_redis, var url) = LocalRedis.Start(settings);
            common.Add($"--{SettingsTable.RedisUrl.Name}={url}");
            Say("redis", _redis, url);
        }

        common.Add($"--{SettingsTable.SiloPort.Name}=0");
        common.Add($"--{SettingsTable.GatewayPort.Name}=0");
        return common;
    }

    // To the silos the sandbox is a provider like any other: there is one for all of them.
    private string[] Provider() => _sandbox is null
        ? []
        :
        [
            $"--{SettingsTable.YookassaAccountId.Name}={SandboxAccess.AccountId}",
            $"--{SettingsTable.YookassaSecretKey.Name}={SandboxAccess.SecretKey}",
            $"--{SettingsTable.YookassaApiUrl.Name}={new Uri(_sandbox.Url, "v3")}",
            $"--{SettingsTable.TmetrHost.Name}={_sandbox.Url.ToString().TrimEnd('/')}",
            $"--{SettingsTable.TmetrToken.Name}={SandboxAccess.MachineToken}",
        ];

    private string Log(string name)
    {
        var file = settings.Get(SettingsTable.LogFile);
        var folder = Path.GetDirectoryName(file) ?? "";
        var own = $"{Path.GetFileNameWithoutExtension(file)}_{name}_{Path.GetExtension(file)}";
        return $"--{SettingsTable.LogFile.Name}={Path.Combine(folder, own)}";
    }

    private IEnumerable<ChildService> Children() =>
        new[] { _redis, _api }.OfType<ChildService>().Concat(_silos);

    private static void Say(string name, ChildService child, string address) =>
        Console.Out.WriteLine($"{name,-6} pid {child.ProcessId,-7} {address}");
}
