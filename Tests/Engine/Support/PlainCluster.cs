using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>A silo with everything at its default: time is the system's.</summary>
public sealed class PlainCluster : EngineCluster<PlainCluster.Silo>
{
    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder
                .AddMemoryGrainStorageAsDefault()
                .AddMemoryGrainStorage(StorageNames.First);
            siloBuilder.Services
                .AddSingleton<Probe>()
                .AddSingleton<RecordingStorage>()
                .AddGrainStorage(
                    StorageNames.Recording,
                    (services, _) => services.GetRequiredService<RecordingStorage>())
                .AddGrainStorage(StorageNames.Second, static (_, _) => new RecordingStorage())
                .AddKeyedSingleton<IGrainStorage>(
                    StorageNames.Keyed,
                    (services, _) => services.GetRequiredService<RecordingStorage>())
                .AddKeyedSingleton("left", new Flavour("sweet"))
                .AddKeyedSingleton("right", new Flavour("bitter"));
        }
    }
}

/// <summary>The test classes that share the plain cluster, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PlainEngine : ICollectionFixture<PlainCluster>
{
    public const string Name = "Engine, plain";
}
