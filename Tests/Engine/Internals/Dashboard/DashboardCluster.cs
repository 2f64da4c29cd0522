using System.Text.Json;
using CoffeePayment.Engine.Dashboard;
using CoffeePayment.Tests.Support;
using Orleans.Dashboard;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine.Internals.Dashboard;

/// <summary>
/// Silos with a dashboard, whose samples, timers and latencies follow a clock that only the test moves.
/// </summary>
public sealed class DashboardCluster : IAsyncDisposable
{
    private readonly TestCluster _cluster;
    private readonly VirtualTimeProvider[] _clocks;

    private DashboardCluster(TestCluster cluster)
    {
        _cluster = cluster;
        _clocks = [.. cluster.Silos.Select(silo => ClockOf(cluster.GetSiloServiceProvider(silo.SiloAddress)))];
    }

    public IClusterClient Client => _cluster.Client;

    public TestCluster Cluster => _cluster;

    public Probe Probe => _cluster.GetSiloServiceProvider(_cluster.Silos[0].SiloAddress).GetRequiredService<Probe>();

    public static async Task<DashboardCluster> StartAsync(short silos, Action<TestClusterBuilder>? configure = null)
    {
        var builder = new TestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.AddSiloBuilderConfigurator<Silo>();
        configure?.Invoke(builder);
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new DashboardCluster(cluster);
    }

    /// <summary>Moves the clocks of all silos.</summary>
    public void Advance(TimeSpan time)
    {
        foreach (var clock in _clocks) clock.Advance(time);
    }

    /// <summary>Lets a sample pass and reads what the dashboard shows.</summary>
    public async Task<JsonElement> SampleAsync()
    {
        Advance(TimeSpan.FromSeconds(1));
        return await ReadAsync();
    }

    public async Task<JsonElement> ReadAsync() =>
        JsonSerializer.Deserialize<JsonElement>(await Client.GetGrain<IDashboardGrain>(0).GetAsync());

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static VirtualTimeProvider ClockOf(IServiceProvider services) =>
        (VirtualTimeProvider)services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Messaging);

    private sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            var clock = new VirtualTimeProvider();
            siloBuilder.UseInMemoryReminderService();
            siloBuilder.AddDashboard();
            siloBuilder.Services
                .AddSingleton<Probe>()
                .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Messaging, clock)
                .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, clock);
        }
    }
}
