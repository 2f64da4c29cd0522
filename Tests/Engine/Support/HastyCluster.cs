using Orleans.Configuration;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>
/// A silo and a client which wait for answers no longer than a second, of the system's time, and let reminders tick every
/// ten seconds.
/// </summary>
public sealed class HastyCluster : EngineCluster
{
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan MinimumReminderPeriod = TimeSpan.FromSeconds(10);

    protected override void Configure(TestClusterBuilder builder) => builder
        .AddSiloBuilderConfigurator<Silo>()
        .AddClientBuilderConfigurator<Caller>();

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.UseInMemoryReminderService();
            siloBuilder.Services
                .AddSingleton<Probe>()
                .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout)
                .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = MinimumReminderPeriod);
        }
    }

    public sealed class Caller : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.Services.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
    }
}
