using System.Net;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Hosting.Clustering;
using Orleans.Configuration;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>The cluster's secret on the connections of the engine, configured as a host does it.</summary>
public sealed class ClusterSecretNetworkTests : IAsyncLifetime
{
    private readonly List<(IHost Host, SocketNetwork Network)> _silos = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (host, network) in _silos)
        {
            network.Kill();
            await network.StopAsync(CancellationToken.None);
            host.Dispose();
        }
    }

    [Fact]
    public async Task Send_SameSecret_Arrives()
    {
        var first = await StartAsync("secret");
        var second = await StartAsync("secret");

        first.Network.Send(Message(first.Address, second.Address));

        Assert.Equal(first.Address, (await second.Receiver.ReceivedAsync()).Sender);
    }

    [Theory]
    [InlineData("secret", "other")]
    [InlineData("secret", null)]
    public async Task Send_OtherSecretOrNone_IsNotSent(string firsts, string? seconds)
    {
        var first = await StartAsync(firsts);
        var second = await StartAsync(seconds);

        first.Network.Send(Message(first.Address, second.Address));
        second.Network.Send(Message(second.Address, first.Address));
        await first.Receiver.NotSentAsync();
        await second.Receiver.NotSentAsync();

        Assert.Equal((0, 0), (first.Receiver.ReceivedWaiting, second.Receiver.ReceivedWaiting));
    }

    [Fact]
    public async Task Client_SameSecret_Connects()
    {
        var silo = await StartAsync("secret");
        var client = await StartAsync("secret", isClient: true);

        var welcome = await client.Network.ConnectAsync(silo.Gateway, CancellationToken.None);

        Assert.Equal(silo.Address, welcome.Silo);
    }

    [Fact]
    public async Task Client_OtherSecret_IsRefusedAndToldWhy()
    {
        var silo = await StartAsync("secret");
        var client = await StartAsync("other", isClient: true);

        var exception = await Assert.ThrowsAsync<ConnectionFailedException>(
            () => client.Network.ConnectAsync(silo.Gateway, CancellationToken.None));

        Assert.Contains("another cluster secret", exception.Message, StringComparison.Ordinal);
    }

    private static Message Message(SiloAddress sender, SiloAddress target) =>
        new() { Kind = MessageKind.Request, Sender = sender, Target = target };

    private async Task<Node> StartAsync(string? secret, bool isClient = false)
    {
        var address = SiloAddress.New(IPAddress.Loopback, FreePort.OfLoopback(), isClient ? -1 : 1);
        var gateway = SiloAddress.New(IPAddress.Loopback, FreePort.OfLoopback(), 1);
        var host = Host(address, gateway, secret, isClient);
        var identity = new NetworkIdentity(address, "cluster", "service", "contracts");
        var network = isClient
            ? SocketNetwork.OfClient(host.Services, identity)
            : SocketNetwork.OfSilo(host.Services, identity);
        _silos.Add((host, network));
        var receiver = new RecordingReceiver();
        await network.StartAsync(receiver, CancellationToken.None);
        return new Node(network, receiver, address, gateway);
    }

    private static IHost Host(SiloAddress address, SiloAddress gateway, string? secret, bool isClient)
    {
        var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.AddKeyedSingleton(TimeProviderNames.Messaging, TimeProvider.System);
            services.Configure<EndpointOptions>(options =>
            {
                options.SiloPort = address.Endpoint.Port;
                options.GatewayPort = gateway.Endpoint.Port;
            });
            var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
            if (secret is null) return;
            if (isClient) new ClientBuilder(services, configuration).UseClusterSecret(secret);
            else new SiloOnly(services, configuration).UseClusterSecret(secret);
        });
        return host.Build();
    }

    private sealed record Node(
        SocketNetwork Network, RecordingReceiver Receiver, SiloAddress Address, SiloAddress Gateway);

    // Takes what is configured, and adds no silo.
    private sealed record SiloOnly(
        IServiceCollection Services, Microsoft.Extensions.Configuration.IConfiguration Configuration) : ISiloBuilder;
}
