using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>What runs when silos start and stop.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/startup-tasks"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-lifecycle"/>
public sealed class SiloLifeTests : IAsyncLifetime
{
    private readonly LivingCluster _cluster = new();

    public Task InitializeAsync() => _cluster.InitializeAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void StartupTasks_SiloStarted_HaveCalledGrains()
    {
        Assert.Equal(["created", "activated", "called"], _cluster.Probe.Happened("from a delegate"));
        Assert.Equal(["created", "activated", "called"], _cluster.Probe.Happened("from a class"));
    }

    [Fact]
    public async Task Stop_ActivationsLeft_AreDeactivatedAsShuttingDown()
    {
        var probe = _cluster.Probe;
        for (var key = 0; key < 20; key++)
            await _cluster.Client.GetGrain<ILastingGrain>($"{key}").TouchAsync();

        await _cluster.StopAsync();

        Assert.Equal(Enumerable.Repeat("ShuttingDown", 20), probe.Happened("lasting"));
    }

    private sealed class LivingCluster : EngineCluster<Silo>
    {
        public Task StopAsync() => Cluster.StopAllSilosAsync();
    }

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.Services.AddSingleton<Probe>();
            siloBuilder.AddStartupTask(
                (services, _) =>
                {
                    var grains = services.GetRequiredService<IGrainFactory>();
                    return grains.GetGrain<IActivatedGrain>("from a delegate").GetInstanceAsync();
                });
            siloBuilder.AddStartupTask<StartupTask>();
        }
    }

    public sealed class StartupTask(IGrainFactory grains) : IStartupTask
    {
        public Task Execute(CancellationToken cancellationToken) =>
            grains.GetGrain<IActivatedGrain>("from a class").GetInstanceAsync();
    }
}
