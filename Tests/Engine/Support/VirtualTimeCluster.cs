using CoffeePayment.Tests.Support;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>
/// A silo whose grain timers and reminders follow clocks that only tests move. What else runs in the silo keeps to the
/// system's clock, so that moving these sets off nothing but the timers under test.
/// </summary>
/// <seealso href="https://learn.microsoft.com/dotnet/api/orleans.runtime.timeprovidernames"/>
public sealed class VirtualTimeCluster : EngineCluster<VirtualTimeCluster.Silo>
{
    /// <summary>The clock of grain timers.</summary>
    public VirtualTimeProvider Timers => Clock(TimeProviderNames.Grains);

    /// <summary>The clock of reminders.</summary>
    public VirtualTimeProvider Reminders => Clock(ReminderTimeProviderNames.Reminders);

    /// <summary>How often the list of reminders is read; at no time at which a test's reminders tick.</summary>
    private static TimeSpan OffTheMinute { get; } = TimeSpan.FromSeconds(299.123);

    private VirtualTimeProvider Clock(string key) =>
        (VirtualTimeProvider)Services.GetRequiredKeyedService<TimeProvider>(key);

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.UseInMemoryReminderService();
            siloBuilder.Services
                .AddSingleton<Probe>()
                .Configure<ReminderOptions>(options => options.RefreshReminderListPeriod = OffTheMinute)
                .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, new VirtualTimeProvider())
                .AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, new VirtualTimeProvider());
        }
    }
}

/// <summary>The test classes that share the cluster in virtual time, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class VirtualTimeEngine : ICollectionFixture<VirtualTimeCluster>
{
    public const string Name = "Engine, virtual time";
}
