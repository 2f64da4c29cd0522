using System.Net;
using CoffeePayment.Engine.Messaging;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>What every network keeps to.</summary>
public abstract class NetworkSuite : IAsyncLifetime
{
    private readonly List<Node> _nodes = [];
    private int _generations = 1000;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) node.Network.Kill();
        foreach (var node in _nodes) await node.Network.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Send_ManyToOneTarget_ArriveInOrderAndWhole()
    {
        var (first, second) = await TwoSilosAsync();
        var grain = GrainId.Create("pendingpayment", "order-1");

        for (var id = 0; id < 5000; id++)
            first.Network.Send(new Message
            {
                Kind = MessageKind.Request,
                Id = id,
                Sender = first.Address,
                Target = second.Address,
                ViewVersion = 7,
                Grain = grain,
                Method = 0xFEDCBA98,
                Body = new byte[] { (byte)id, 2, 3 },
            });
        var received = await second.Receiver.ReceivedAsync(5000);

        Assert.Equal(Enumerable.Range(0, 5000).Select(id => (long)id), received.Select(message => message.Id));
        Assert.All(received, message => Assert.Equal(
            (MessageKind.Request, first.Address, second.Address, 7L, grain, 0xFEDCBA98u, (byte)message.Id),
            (message.Kind, message.Sender, message.Target, message.ViewVersion, message.Grain, message.Method,
                message.Body.Span[0])));
    }

    [Fact]
    public async Task Send_BothWays_Arrive()
    {
        var (first, second) = await TwoSilosAsync();

        first.Send(second, 1);
        await second.Receiver.ReceivedAsync();
        second.Send(first, 2);

        Assert.Equal(2, (await first.Receiver.ReceivedAsync()).Id);
    }

    [Fact]
    public async Task Send_OfAnotherSiloInItsName_KeepsSenderAndTarget()
    {
        var (first, second) = await TwoSilosAsync();
        var elsewhere = SiloAddress.New(IPAddress.IPv6Loopback, 77, -5);

        first.Network.Send(
            new Message { Kind = MessageKind.Response, Id = -1, Sender = elsewhere, Target = second.Address });
        var received = await second.Receiver.ReceivedAsync();

        Assert.Equal((elsewhere, second.Address, -1L), (received.Sender, received.Target, received.Id));
        Assert.True(received.Grain.IsDefault);
    }

    [Fact]
    public async Task Send_LargeBodyAmongSmall_ArrivesWholeAndInOrder()
    {
        var (first, second) = await TwoSilosAsync();
        var body = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(body);

        first.Send(second, 1);
        first.Send(second, 2, body);
        first.Send(second, 3);
        var received = await second.Receiver.ReceivedAsync(3);

        Assert.Equal([1L, 2L, 3L], received.Select(message => message.Id));
        Assert.True(received[1].Body.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task Send_ByManyAtOnce_EachSendersArriveInOrder()
    {
        var (first, second) = await TwoSilosAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++) first.Send(second, (sender * 10_000) + i);
        })));
        var received = await second.Receiver.ReceivedAsync(16_000);

        Assert.All(
            received.GroupBy(message => message.Id / 10_000),
            sender => Assert.Equal(
                Enumerable.Range(0, 1000).Select(i => (long)i), sender.Select(message => message.Id % 10_000)));
    }

    [Fact]
    public async Task Send_ToNobody_IsNotSent()
    {
        var first = await StartSiloAsync();

        first.Network.Send(first.Message(NewAddress(), 1));
        var (message, reason) = await first.Receiver.NotSentAsync();

        Assert.Equal(1, message.Id);
        Assert.IsType<ConnectionFailedException>(reason);
    }

    [Fact]
    public async Task Send_ToAnEarlierLifeOfASilo_IsNotSent()
    {
        var (first, second) = await TwoSilosAsync();
        var earlier = SiloAddress.New(second.Address.Endpoint, second.Address.Generation - 1);

        first.Network.Send(first.Message(earlier, 1));
        await first.Receiver.NotSentAsync();

        Assert.Equal(0, second.Receiver.ReceivedWaiting);
    }

    [Theory]
    [InlineData("other", "service", "contracts", "\"cluster\"")]
    [InlineData("cluster", "other", "contracts", "\"service\"")]
    [InlineData("cluster", "service", "other", "\"contracts\"")]
    public async Task Send_ToASiloOfSomethingElse_IsRefusedAndNamesBoth(
        string clusterId, string serviceId, string fingerprint, string own)
    {
        var first = await StartSiloAsync();
        var second = await StartSiloAsync(
            new NetworkIdentity(NewAddress(), clusterId, serviceId, fingerprint));

        first.Send(second, 1);
        var reason = Assert.IsType<ConnectionRefusedByPeerException>((await first.Receiver.NotSentAsync()).Reason);

        Assert.Contains(own, reason.Message, StringComparison.Ordinal);
        Assert.Contains("\"other\"", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfAPeer_IsTold()
    {
        var (first, second) = await TwoSilosAsync();
        first.Send(second, 1);
        await second.Receiver.ReceivedAsync();

        second.Network.Kill();

        Assert.Equal(second.Address, await first.Receiver.DisconnectedAsync());
    }

    [Fact]
    public async Task Send_ToAKilledPeer_IsNotSent()
    {
        var (first, second) = await TwoSilosAsync();
        first.Send(second, 1);
        await second.Receiver.ReceivedAsync();
        second.Network.Kill();
        await first.Receiver.DisconnectedAsync();

        first.Send(second, 2);

        Assert.Equal(2, (await first.Receiver.NotSentAsync()).Message.Id);
    }

    [Fact]
    public async Task Stop_WithMessagesWaiting_SendsThemFirst()
    {
        var (first, second) = await TwoSilosAsync();
        for (var id = 0; id < 20_000; id++) first.Send(second, id, new byte[300]);

        await first.Network.StopAsync(CancellationToken.None);
        var received = await second.Receiver.ReceivedAsync(20_000);

        Assert.Equal(19_999, received[^1].Id);
        Assert.Equal(first.Address, await second.Receiver.DisconnectedAsync());
    }

    [Fact]
    public async Task Send_AfterStop_IsNotSent()
    {
        var (first, second) = await TwoSilosAsync();
        await first.Network.StopAsync(CancellationToken.None);

        first.Send(second, 1);

        Assert.Equal(1, (await first.Receiver.NotSentAsync()).Message.Id);
    }

    [Fact]
    public async Task Forget_AConnectedPeer_DisconnectsAndRefusesIt()
    {
        var (first, second) = await TwoSilosAsync();
        second.Send(first, 1);
        await first.Receiver.ReceivedAsync();

        first.Network.Forget(second.Address);
        await second.Receiver.DisconnectedAsync();
        second.Send(first, 2);
        first.Send(second, 3);

        Assert.Equal(2, (await second.Receiver.NotSentAsync()).Message.Id);
        Assert.Equal(3, (await first.Receiver.NotSentAsync()).Message.Id);
    }

    [Fact]
    public async Task Client_SendsAndGetsAnswers_OverOneConnection()
    {
        var silo = await StartSiloAsync();
        var client = await StartClientAsync();

        client.Network.Send(client.Message(silo.Gateway, 1));
        var request = await silo.Receiver.ReceivedAsync();
        silo.Network.Send(silo.Message(request.Sender, 2));
        var answer = await client.Receiver.ReceivedAsync();

        Assert.Equal((1L, client.Address, silo.Address), (request.Id, request.Sender, request.Target));
        Assert.Equal((2L, silo.Address, client.Address), (answer.Id, answer.Sender, answer.Target));
    }

    [Fact]
    public async Task Client_Connects_AndIsToldOfTheGateway()
    {
        var silo = await StartSiloAsync();
        var client = await StartClientAsync();

        var welcome = await ((IClientNetwork)client.Network).ConnectAsync(silo.Gateway, CancellationToken.None);

        Assert.Equal(silo.Address, welcome.Silo);
        Assert.Equal("manifest"u8.ToArray(), welcome.Manifest.ToArray());
    }

    [Fact]
    public async Task Client_OfWhatTheGatewayIsNot_IsRefused()
    {
        var silo = await StartSiloAsync();
        var client = await StartClientAsync(fingerprint: "other");

        var exception = await Assert.ThrowsAsync<ConnectionRefusedByPeerException>(
            () => ((IClientNetwork)client.Network).ConnectAsync(silo.Gateway, CancellationToken.None));

        Assert.Contains("\"contracts\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WhenItsGatewayIsKilled_IsTold()
    {
        var silo = await StartSiloAsync();
        var client = await StartClientAsync();
        await ((IClientNetwork)client.Network).ConnectAsync(silo.Gateway, CancellationToken.None);

        silo.Network.Kill();

        Assert.Equal(silo.Gateway, await client.Receiver.DisconnectedAsync());
    }

    [Fact]
    public async Task Send_ToAClientThatIsGone_IsNotSent()
    {
        var silo = await StartSiloAsync();
        var client = await StartClientAsync();
        await ((IClientNetwork)client.Network).ConnectAsync(silo.Gateway, CancellationToken.None);
        await client.Network.StopAsync(CancellationToken.None);
        await silo.Receiver.DisconnectedAsync();

        silo.Network.Send(silo.Message(client.Address, 1));

        Assert.Equal(1, (await silo.Receiver.NotSentAsync()).Message.Id);
    }

    private protected abstract SiloAddress NewAddress(int generation);

    private protected abstract (INetwork Network, SiloAddress Gateway) Create(NetworkIdentity identity);

    private protected SiloAddress NewAddress() => NewAddress(_generations++);

    private protected Task<Node> StartSiloAsync(NetworkIdentity? identity = null, RecordingReceiver? receiver = null) =>
        StartAsync(
            identity ?? new NetworkIdentity(NewAddress(), "cluster", "service", "contracts")
            {
                Manifest = static () => "manifest"u8.ToArray(),
            },
            receiver);

    private protected async Task<(Node First, Node Second)> TwoSilosAsync() =>
        (await StartSiloAsync(), await StartSiloAsync());

    private protected Task<Node> StartClientAsync(string fingerprint = "") => StartAsync(
        new NetworkIdentity(
            SiloAddress.New(IPAddress.Loopback, 0, -_generations++), "cluster", "service", fingerprint));

    private async Task<Node> StartAsync(NetworkIdentity identity, RecordingReceiver? receiver = null)
    {
        var (network, gateway) = Create(identity);
        var node = new Node(network, receiver ?? new RecordingReceiver(), identity.Address, gateway);
        _nodes.Add(node);
        await network.StartAsync(node.Receiver, CancellationToken.None);
        return node;
    }

    private protected sealed record Node(
        INetwork Network, RecordingReceiver Receiver, SiloAddress Address, SiloAddress Gateway)
    {
        public void Send(Node target, long id, byte[]? body = null) => Network.Send(Message(target.Address, id, body));

        public Message Message(SiloAddress target, long id, byte[]? body = null) => new()
        {
            Kind = MessageKind.Request,
            Id = id,
            Sender = Address,
            Target = target,
            Body = body,
        };
    }
}
