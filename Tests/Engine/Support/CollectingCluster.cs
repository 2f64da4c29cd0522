using Orleans.Configuration;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>
/// A silo that collects what has been idle for a second and a half, of the system's time: Orleans looks for idle
/// activations, and measures how long they are, by no other clock. Its reminders may tick every ten seconds.
/// </summary>
public sealed class CollectingCluster : EngineCluster<CollectingCluster.Silo>
{
    public static readonly TimeSpan MinimumReminderPeriod = TimeSpan.FromSeconds(10);

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.UseInMemoryReminderService();
            siloBuilder.Services
                .AddSingleton<Probe>()
                .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = MinimumReminderPeriod)
                .Configure<GrainCollectionOptions>(options =>
                {
                    options.CollectionAge = TimeSpan.FromSeconds(1.5);
                    options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
                });
        }
    }
}

/// <summary>The test classes that share the collecting cluster, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class CollectingEngine : ICollectionFixture<CollectingCluster>
{
    public const string Name = "Engine, collecting";
}
