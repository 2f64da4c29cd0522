using Orleans.Configuration;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>
/// A silo that collects what has been idle for a second. It is a second of the system's time: Orleans looks for idle
/// activations, and measures how long they are, by no other clock.
/// </summary>
public sealed class CollectingCluster : EngineCluster<CollectingCluster.Silo>
{
    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services
            .AddSingleton<Probe>()
            .Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = TimeSpan.FromSeconds(1);
                options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            });
    }
}
