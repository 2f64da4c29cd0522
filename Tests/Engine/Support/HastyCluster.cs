using Orleans.Configuration;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine;

/// <summary>A silo and a client which wait a second and a half for answers, of the system's time.</summary>
public sealed class HastyCluster : EngineCluster
{
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(1.5);

    protected override void Configure(TestClusterBuilder builder) => builder
        .AddSiloBuilderConfigurator<Silo>()
        .AddClientBuilderConfigurator<Caller>();

    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services
            .AddSingleton<Probe>()
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
    }

    public sealed class Caller : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.Services
                .Configure<ClientMessagingOptions>(options =>
                {
                    options.ResponseTimeout = ResponseTimeout;
                    options.CancelRequestOnTimeout = true;
                });
    }
}
