using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoffeePayment.Grains.Sweeping;

/// <summary>
/// Asks the sweeper to take over the orders of every silo that dies while this one is watching. All silos do so, since
/// any of them may be the next to die; the sweeper makes one takeover of it.
/// </summary>
public sealed partial class TakeoverWatcher(
    IServiceProvider services,
    ILocalSiloDetails local,
    IGrainFactory grains,
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    /// <summary>The sweeper may have lived on the dead silo: it is asked until it lives elsewhere, so often.</summary>
    private const int AttemptsMax = 10;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger(OrphanSweeperGrain.LogCategory);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A silo without a cluster has nobody to watch.
        if (services.GetService<IClusterMembershipService>() is not { } membership) return;

        try
        {
            HashSet<SiloAddress>? living = null;
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                living ??= Unseen(snapshot);
                var dead = TakeDead(living, snapshot);

                // One that leaves itself is nobody's heir.
                if (snapshot.GetSiloStatus(local.SiloAddress).IsTerminating()) return;

                foreach (var silo in dead) await TakeOverAsync(silo, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    /// <summary>
    /// Whose death nobody saw, if this silo finds itself alone: the last of the dead, one takeover being enough for
    /// all. Where there are others, the dead of old are no news.
    /// </summary>
    private HashSet<SiloAddress> Unseen(ClusterMembershipSnapshot snapshot)
    {
        var others = snapshot.Members.Values.Where(member => !member.SiloAddress.Equals(local.SiloAddress)).ToList();
        if (others.Exists(member => member.Status == SiloStatus.Active)) return [];

        return
        [
            .. others.Where(member => member.Status == SiloStatus.Dead)
                .Select(member => member.SiloAddress)
                .OrderByDescending(silo => silo.Generation)
                .Take(1),
        ];
    }

    /// <summary>Those that were alive at the last update and are dead in this one.</summary>
    private static List<SiloAddress> TakeDead(HashSet<SiloAddress> living, ClusterMembershipSnapshot snapshot)
    {
        var dead = living.Where(silo => snapshot.GetSiloStatus(silo) == SiloStatus.Dead).ToList();
        living.Clear();
        living.UnionWith(snapshot.Members.Values
            .Where(member => member.Status != SiloStatus.Dead)
            .Select(member => member.SiloAddress));
        return dead;
    }

    private async Task TakeOverAsync(SiloAddress dead, CancellationToken stoppingToken)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            try
            {
                await grains.GetGrain<IOrphanSweeperGrain>(0).TakeOverAsync(dead.ToString());
                return;
            }
            catch (Exception exception)
            {
                Log.NotTakenOver(_logger, dead.ToString(), attempt, exception);
            }

            await Task.Delay(RetryDelay, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1105, LogLevel.Warning, "Orders of dead silo {Silo} are not taken over yet: attempt {Attempt} failed")]
        public static partial void NotTakenOver(ILogger logger, string silo, int attempt, Exception exception);
    }
}
