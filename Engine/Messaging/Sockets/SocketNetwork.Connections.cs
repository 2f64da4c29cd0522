using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Engine.Messaging;

/// <content>Connections: those that others make, and what all have in common.</content>
internal sealed partial class SocketNetwork
{
    private const int KeepAliveSeconds = 30;

    private readonly SocketTransportFactory _listening;
    private readonly List<IConnectionListener> _listeners = [];
    private int _inboundConnections;

    /// <summary>Makes connections of sockets.</summary>
    public SocketConnectionContextFactory Contexts { get; }

    /// <summary>What outgoing connections pass through.</summary>
    public ConnectionDelegate Outbound { get; }

    /// <summary>Small messages leave at once, and a host that vanished is noticed some time.</summary>
    public static Socket Configure(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds / 3);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        return socket;
    }

    public OutgoingQueue NewQueue() => new(Settings.QueueMessagesMax, Settings.QueueBytesMax);

    public Opening NewOpening(Peer peer) => new(Settings.OpenTimeout, Clock.Provider, _killed.Token) { Peer = peer };

    public Link NewLink(ConnectionContext connection, Preamble own, Preamble other, OutgoingQueue queue)
    {
        var link = new Link(connection, own, other, queue, LinkSettings);
        _links[link] = link.Peer;
        if (_stopping.IsCancellationRequested) queue.Close(Stopped());
        if (_killed.IsCancellationRequested || IsForgotten(link.Peer)) link.Abort("it is not wanted any more");
        return link;
    }

    /// <summary>Takes a connection through a pipeline, and ends it when that has ended.</summary>
    public async Task RunAsync(ConnectionContext connection, Opening opening, ConnectionDelegate pipeline)
    {
        connection.Features.Set(opening);
        opening.OnTimeout(connection.Abort);
        try
        {
            await pipeline(connection);
        }
        finally
        {
            // What was written still leaves, if the other side takes it soon.
            var disposing = connection.DisposeAsync().AsTask();
            await Task.WhenAny(disposing, Task.Delay(Settings.LingerTime, Clock.Provider, _killed.Token));
            connection.Abort();
            await disposing;
        }
    }

    public void Remove(Peer peer) => _peers.TryRemove(new(peer.Address, peer));

    public async Task PauseAsync()
    {
        try
        {
            await Task.Delay(Settings.RetryDelay, Clock.Provider, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public void RejectAll(OutgoingQueue queue, Exception reason)
    {
        while (queue.TryTake(out var message)) Receiver.NotSent(message, reason);
    }

    public void LinkEnded(Link link)
    {
        _links.TryRemove(link, out _);
        _clients.TryRemove(new(link.Peer, link));
        if (!_stopping.IsCancellationRequested) Log.Disconnected(link.Peer, link.Reason);
        Receiver.Disconnected(link.Peer);
    }

    private static (SocketConnectionContextFactory Contexts, SocketTransportFactory Listening) CreateSockets(
        ILoggerFactory loggerFactory)
    {
        var options = new SocketTransportOptions
        {
            CreateBoundListenSocket = static endpoint =>
                Configure(SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint)),
        };
        return (
            new SocketConnectionContextFactory(
                new SocketConnectionFactoryOptions(), loggerFactory.CreateLogger<SocketConnectionContextFactory>()),
            new SocketTransportFactory(Options.Create(options), loggerFactory));
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (Settings.SiloEndpoint is { } silos)
            await ListenAsync("silos", silos, Settings.Pipelines.SiloInbound, isGateway: false, cancellationToken);
        if (Settings.GatewayEndpoint is { } clients)
            await ListenAsync("clients", clients, Settings.Pipelines.GatewayInbound, isGateway: true, cancellationToken);
    }

    private async Task ListenAsync(
        string whom,
        IPEndPoint endpoint,
        Action<IConnectionBuilder> configure,
        bool isGateway,
        CancellationToken cancellationToken)
    {
        var pipeline = Settings.Pipelines.Build(configure, connection => RunInboundLinkAsync(connection, isGateway));
        var listener = await _listening.BindAsync(endpoint, cancellationToken);
        lock (_listeners) _listeners.Add(listener);
        Log.Listening(whom, listener.EndPoint);
        Track(AcceptAsync(listener, pipeline));
    }

    private async Task AcceptAsync(IConnectionListener listener, ConnectionDelegate pipeline)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                while (await listener.AcceptAsync() is { } connection) Track(RunInboundAsync(connection, pipeline));
                return;
            }
            catch (Exception exception)
            {
                // Kestrel's listener may throw when it is disposed of while it waits.
                if (!_stopping.IsCancellationRequested) Log.AcceptFailed(exception);
                await PauseAsync();
            }
        }
    }

    private async Task RunInboundAsync(ConnectionContext connection, ConnectionDelegate pipeline)
    {
        await Task.Yield();
        var endpoint = connection.RemoteEndPoint;
        using var opening = new Opening(Settings.PreambleTimeout, Clock.Provider, _stopping.Token);
        try
        {
            if (Interlocked.Increment(ref _inboundConnections) > Settings.InboundConnectionsMax)
                throw new ConnectionFailedException($"there are {Settings.InboundConnectionsMax} already");
            await RunAsync(connection, opening, pipeline);
        }
        catch (Exception) when (opening.Token.IsCancellationRequested)
        {
            Log.NotAccepted(endpoint, "it did not introduce itself in time");
        }
        catch (Exception exception)
        {
            Log.NotAccepted(endpoint, exception.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _inboundConnections);
            connection.Abort();
            await connection.DisposeAsync();
        }
    }

    private async Task RunInboundLinkAsync(ConnectionContext connection, bool isGateway)
    {
        var opening = connection.Features.Get<Opening>()!;
        var (own, hello) = await Handshake.AcceptAsync(
            connection.Transport,
            hello => Refusal(hello, isGateway),
            hello => new Preamble(Identity, hello.Identity.Address, isGateway ? Identity.Manifest() : default),
            opening.Token);
        if (!opening.TryComplete()) throw new OperationCanceledException(opening.Token);
        var link = NewLink(connection, own, hello, NewQueue());
        if (isGateway) AddClient(link);
        Log.Connected(link.Peer);
        try
        {
            await link.RunAsync();
        }
        finally
        {
            RejectAll(link.Queue, link.Queue.ClosedBecause!);
            LinkEnded(link);
        }
    }

    // A client that connects again has given up its earlier connection, whether this side knows that yet or not.
    private void AddClient(Link link)
    {
        if (_clients.TryGetValue(link.Peer, out var earlier)) earlier.Abort("the client connected again");
        _clients[link.Peer] = link;
    }

    private string? Refusal(Preamble hello, bool isGateway)
    {
        var other = hello.Identity.Address;
        if (Identity.Disagreement(hello.Identity) is { } disagreement) return disagreement;
        if (other.IsClient != isGateway)
            return isGateway ? $"{Identity.Address} takes only clients here" : $"{Identity.Address} takes only silos here";
        var isExpected = isGateway
            ? hello.Expected.Generation == 0 || hello.Expected.Generation == Identity.Address.Generation
            : hello.Expected.Equals(Identity.Address);
        if (!isExpected) return $"{hello.Expected} is gone; here is {Identity.Address}";
        return IsForgotten(other) ? $"{Identity.Address} knows that {other} is dead" : null;
    }

    private async Task StopListeningAsync()
    {
        IConnectionListener[] listeners;
        lock (_listeners)
        {
            listeners = [.. _listeners];
            _listeners.Clear();
        }

        foreach (var listener in listeners)
        {
            await listener.UnbindAsync();
            await listener.DisposeAsync();
        }
    }
}
