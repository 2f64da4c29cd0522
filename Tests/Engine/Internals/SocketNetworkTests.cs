using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class SocketNetworkTests : NetworkSuite
{
    private SocketNetworkSettings _settings = new();
    private TimeProvider _time = TimeProvider.System;

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("CPEN\u0001\u0001\u007f\u007f\u007f\u007f")]
    [InlineData("CPEN\u0001\u0001\u0003\0\0\0abc")]
    public async Task Listen_SomebodySendsSomethingElse_ThatConnectionIsClosedAndOthersWork(string garbage)
    {
        var (first, second) = await TwoSilosAsync();
        using var stranger = await StrangerAsync(second.Address);

        await stranger.SendAsync(Encoding.Latin1.GetBytes(garbage));
        await ReadToEndAsync(stranger);
        first.Send(second, 1);

        Assert.Equal(1, (await second.Receiver.ReceivedAsync()).Id);
    }

    [Fact]
    public async Task Listen_SomebodySaysNothing_ThatConnectionIsClosed()
    {
        _settings = _settings with { PreambleTimeout = TimeSpan.FromMilliseconds(50) };
        var silo = await StartSiloAsync();
        using var stranger = await StrangerAsync(silo.Address);

        Assert.Empty(await ReadToEndAsync(stranger));
    }

    [Fact]
    public async Task Listen_AfterThePreambleSomebodySendsGarbage_ThatConnectionIsClosed()
    {
        var silo = await StartSiloAsync();
        using var stranger = await StrangerAsync(silo.Address);
        await IntroduceAsync(stranger, silo.Address);

        await stranger.SendAsync(Enumerable.Repeat((byte)0xEE, 100).ToArray());

        await silo.Receiver.DisconnectedAsync();
        Assert.Equal(0, silo.Receiver.ReceivedWaiting);
    }

    [Fact]
    public async Task Listen_MessageLargerThanAllowed_ClosesTheConnection()
    {
        _settings = _settings with { BodyBytesMax = 100_000 };
        var silo = await StartSiloAsync();
        using var stranger = await StrangerAsync(silo.Address);
        await IntroduceAsync(stranger, silo.Address);

        await stranger.SendAsync(BitConverter.GetBytes(200_000));

        await silo.Receiver.DisconnectedAsync();
        Assert.Equal(0, silo.Receiver.ReceivedWaiting);
    }

    [Fact]
    public async Task Listen_SiloAtTheGateway_IsRefused()
    {
        var (first, second) = await TwoSilosAsync();
        var atGateway = SiloAddress.New(second.Gateway.Endpoint, second.Address.Generation);

        first.Network.Send(first.Message(atGateway, 1));

        Assert.IsType<ConnectionRefusedByPeerException>((await first.Receiver.NotSentAsync()).Reason);
    }

    [Fact]
    public async Task Send_BodyLargerThanAllowed_IsNotSentAndNamesTheLimit()
    {
        _settings = _settings with { BodyBytesMax = 1000 };
        var (first, second) = await TwoSilosAsync();

        first.Send(second, 1, new byte[1000]);
        first.Send(second, 2, new byte[1001]);
        var (message, reason) = await first.Receiver.NotSentAsync();

        Assert.Equal(1, (await second.Receiver.ReceivedAsync()).Id);
        Assert.Equal(2, message.Id);
        Assert.IsType<MessageTooLargeException>(reason);
        Assert.Contains("at most 1000", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_GrainIdLargerThanAllowed_IsNotSent()
    {
        var (first, second) = await TwoSilosAsync();

        first.Network.Send(new Message
        {
            Kind = MessageKind.Request,
            Sender = first.Address,
            Target = second.Address,
            Grain = GrainId.Create("type", new string('k', 40_000)),
        });

        Assert.IsType<MessageTooLargeException>((await first.Receiver.NotSentAsync()).Reason);
    }

    [Fact]
    public async Task Send_ToAPeerThatDoesNotRead_IsRejectedWhenTheQueueIsFull()
    {
        _settings = _settings with { QueueBytesMax = 1_000_000 };
        using var reads = new ManualResetEventSlim();
        var first = await StartSiloAsync();
        var second = await StartSiloAsync(receiver: new RecordingReceiver { OnReceive = _ => reads.Wait() });

        for (var id = 0; id < 1000; id++) first.Send(second, id, new byte[100_000]);
        var (message, reason) = await first.Receiver.NotSentAsync();
        reads.Set();
        var received = await second.Receiver.ReceivedAsync(1);

        Assert.IsType<PeerTooSlowException>(reason);
        Assert.NotEqual(0, message.Id);
        Assert.Equal(0, received[0].Id);
    }

    [Fact]
    public async Task Send_SoonAfterAFailedAttempt_FailsAtOnceUntilThePauseIsOver()
    {
        var time = new VirtualTimeProvider();
        _time = time;
        var first = await StartSiloAsync();
        var address = NewAddress();
        first.Network.Send(first.Message(address, 1));
        await first.Receiver.NotSentAsync();

        // Somebody listens there by now, and is not even tried.
        var second = await StartSiloAsync(new NetworkIdentity(address, "cluster", "service", "contracts"));
        first.Send(second, 2);
        var during = await first.Receiver.NotSentAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        first.Send(second, 3);

        Assert.Equal(2, during.Message.Id);
        Assert.Equal(3, (await second.Receiver.ReceivedAsync()).Id);
    }

    [Fact]
    public async Task Send_PeerAcceptsAndSaysNothing_IsNotSentAfterTheTimeout()
    {
        _settings = _settings with { OpenTimeout = TimeSpan.FromMilliseconds(50) };
        var first = await StartSiloAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = SiloAddress.New((IPEndPoint)silent.LocalEndpoint, 1);

        first.Network.Send(first.Message(address, 1));
        var (_, reason) = await first.Receiver.NotSentAsync();

        Assert.Contains("did not answer within", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatSendsInTheNameOfASilo_IsDisconnected()
    {
        var silo = await StartSiloAsync();
        var client = await StartClientAsync();

        client.Network.Send(new Message { Kind = MessageKind.Answer, Sender = silo.Address, Target = silo.Gateway });

        Assert.Equal(client.Address, await silo.Receiver.DisconnectedAsync());
        Assert.Equal(0, silo.Receiver.ReceivedWaiting);
    }

    private protected override SiloAddress NewAddress(int generation) =>
        SiloAddress.New(IPAddress.Loopback, FreePort.OfLoopback(), generation);

    private protected override (INetwork Network, SiloAddress Gateway) Create(NetworkIdentity identity)
    {
        var isSilo = !identity.Address.IsClient;
        var gateway = isSilo ? NewAddress(identity.Address.Generation) : identity.Address;
        var settings = _settings with
        {
            SiloEndpoint = isSilo ? identity.Address.Endpoint : null,
            GatewayEndpoint = isSilo ? gateway.Endpoint : null,
        };
        return (new SocketNetwork(identity, settings, _time, NullLoggerFactory.Instance), gateway);
    }

    private static async Task<Socket> StrangerAsync(SiloAddress silo)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(silo.Endpoint);
        return socket;
    }

    // As a silo that belongs to the cluster would.
    private async Task IntroduceAsync(Socket socket, SiloAddress silo)
    {
        var stream = new NetworkStream(socket);
        var pipe = new DuplexPipe(PipeReader.Create(stream), PipeWriter.Create(stream));
        var identity = new NetworkIdentity(NewAddress(), "cluster", "service", "contracts");
        await Handshake.InitiateAsync(pipe, new Preamble(identity, silo, default), CancellationToken.None);
    }

    private static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        using var read = new MemoryStream();
        try
        {
            await new NetworkStream(socket).CopyToAsync(read);
        }
        catch (IOException)
        {
            // A connection that is reset has ended as well.
        }

        return read.ToArray();
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
