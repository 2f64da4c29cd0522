using CoffeePayment.Grains;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.Redis;
using Orleans.Configuration;

namespace CoffeePayment.Silo.Hosting;

/// <summary>The parts of a silo that is one of several on Redis.</summary>
internal static class ClusterComposition
{
    // Noticed, drained, and its orders handed over: a silo that is told to stop takes seconds, and leaves none behind.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(28);

    public static void AddClusterParts(this WebApplicationBuilder builder, ServiceSettings settings)
    {
        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddDraining();
        services.AddRedisStorage(redis => ClusterSetup.ConfigureRedis(redis, settings));
        services.AddHealthChecks().AddCheck<RedisCheck>("redis", tags: [SiloComposition.ReadyTag]);
    }

    public static void UseClusterParts(this ISiloBuilder silo, ServiceSettings settings)
    {
        silo.UseCluster(settings);
        silo.AddCoffeeRedisGrainStorage(StorageNames.Orders);
        silo.UseCoffeeRedisReminders();
        silo.Services.Configure<ClusterMembershipOptions>(NoticeSoon);

        // The sweeper's reminder is found by another silo soon after the one that had it died.
        silo.Services.Configure<ReminderOptions>(
            reminders => reminders.RefreshReminderListPeriod = settings.Get(SettingsTable.SweepPeriod));
    }

    /// <summary>
    /// A silo that was killed is declared dead within 10 s: three probes unanswered, 2 s each, and the word of two
    /// others, or of the only other. A silo whose own threads are slow is not: the probes' timeout follows what they
    /// take.
    /// </summary>
    private static void NoticeSoon(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
