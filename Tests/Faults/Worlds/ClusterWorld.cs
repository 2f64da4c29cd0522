using CoffeePayment.Tests.Faults.StandIns;
using CoffeePayment.Tests.Processes;
using CoffeePayment.Tests.Processes.Clusters;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Faults.Worlds;

/// <summary>Three silos, an API in front of them, a Redis; a silo that has ended is replaced.</summary>
internal sealed class ClusterWorld : World
{
    private const int SiloCount = 3;
    private const int StartTriesMax = 20;
    private const int Broken = 1;

    private readonly SemaphoreSlim _starting = new(1);
    private ClusterProcesses _cluster = null!;

    private ClusterWorld(ProviderStandIn provider, MachineStandIn machine)
        : base(provider, machine)
    {
    }

    public override Uri Door => _cluster.Api.Url;

    public RedisServer Redis => _cluster.Redis;

    protected override IEnumerable<ServiceProcess> Processes =>
        [.. _cluster.Silos.Select(silo => silo.Process), _cluster.Api];

    protected override string LogFolder => _cluster.LogFolder.FullName;

    public static async Task<ClusterWorld> StartAsync()
    {
        var (provider, machine) = await StartStandInsAsync();
        var world = new ClusterWorld(provider, machine);
        try
        {
            world._cluster = await ClusterProcesses.StartAsync(SiloCount, world.Settings);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Any silo that runs.</summary>
    public ClusterProcesses.Silo AnySilo(Random dice) => _cluster.Silos[dice.Next(_cluster.Silos.Count)];

    /// <summary>SIGKILL, and a new silo at once.</summary>
    public Task KillAsync(ClusterProcesses.Silo silo) => AloneAsync(() => ReplaceAsync([silo]));

    /// <summary>SIGKILL of every silo, and as many new ones at once.</summary>
    public Task KillAllAsync() => AloneAsync(() => ReplaceAsync([.. _cluster.Silos]));

    /// <summary>SIGKILL of the API, and a new one at once.</summary>
    public Task KillApiAsync() => AloneAsync(_cluster.ReplaceApiAsync);

    public override Task TendAsync() => AloneAsync(async () =>
    {
        await base.TendAsync();
        foreach (var silo in _cluster.Silos.Where(silo => silo.Process.HasExited).ToList())
        {
            await NoteEndAsync(silo.Process, IsDeclaredDead);
            await ReplaceAsync([silo]);
        }
    });

    public override async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        await base.DisposeAsync();
        _starting.Dispose();
    }

    // What a silo does that was away for too long, and says so. That it declared others dead is no excuse.
    private static bool IsDeclaredDead(ServiceProcess silo) =>
        silo.ExitCode == Broken
            && (silo.Output.Contains("This silo is no member of the cluster any more", StringComparison.Ordinal)
                || silo.Output.Contains("was declared dead while it started", StringComparison.Ordinal));

    private async Task AloneAsync(Func<Task> work)
    {
        await _starting.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task ReplaceAsync(IReadOnlyList<ClusterProcesses.Silo> silos)
    {
        await Task.WhenAll(silos.Select(_cluster.KillAsync));
        await Task.WhenAll(silos.Select(_ => StartAgainAsync()));
    }

    private async Task StartAgainAsync()
    {
        for (var triesLeft = StartTriesMax; !await TryStartAsync(--triesLeft > 0);)
        {
            // A silo that finds no Redis refuses to start; whoever manages it starts it again.
        }
    }

    private async Task<bool> TryStartAsync(bool mayFail)
    {
        try
        {
            await _cluster.StartSiloAsync();
            return true;
        }
        catch (InvalidOperationException) when (mayFail)
        {
            return false;
        }
    }
}
