using Orleans.Configuration;
using Orleans.Messaging;

namespace CoffeePayment.Tests.Engine;

/// <summary>How a client of a cluster starts, and what it hears where there is none.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/client"/>
/// <seealso href="https://learn.microsoft.com/dotnet/api/orleans.runtime.iclientconnectionretryfilter"/>
public sealed class ClientLifeTests
{
    [Fact]
    public async Task Start_NoGatewayIsKnown_AsksTheFilterUntilItGivesUp()
    {
        var asked = new List<Exception>();
        using var host = Build(client => client.UseConnectionRetryFilter((exception, _) =>
        {
            asked.Add(exception);
            return Task.FromResult(asked.Count < 3);
        }));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => host.StartAsync());

        Assert.Equal(3, asked.Count);
        Assert.All(asked, exception => Assert.IsType<SiloUnavailableException>(exception));
    }

    [Fact]
    public async Task Start_NoGatewayIsKnownAndNoFilter_Throws()
    {
        using var host = Build(static _ => { });

        await Assert.ThrowsAsync<SiloUnavailableException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Start_FilterAmongTheServices_IsTheOneThatIsAsked()
    {
        var filter = new OnceFilter();
        using var host = Build(client => client.Services.AddSingleton<IClientConnectionRetryFilter>(filter));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => host.StartAsync());

        Assert.Equal(2, filter.Asked);
    }

    private static IHost Build(Action<IClientBuilder> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IGatewayListProvider>(new NoGateways());
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster =>
            {
                cluster.ClusterId = "nowhere";
                cluster.ServiceId = "nothing";
            });
            configure(client);
        });
        return builder.Build();
    }

    private sealed class OnceFilter : IClientConnectionRetryFilter
    {
        public int Asked { get; private set; }

        public Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken) =>
            Task.FromResult(++Asked < 2);
    }

    private sealed class NoGateways : IGatewayListProvider
    {
        public TimeSpan MaxStaleness => TimeSpan.FromSeconds(1);

        public bool IsUpdatable => true;

        public Task InitializeGatewayListProvider() => Task.CompletedTask;

        public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>([]);
    }
}
