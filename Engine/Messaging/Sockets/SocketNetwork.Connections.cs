using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Engine.Messaging;

/// <content>What all connections have in common.</content>
internal sealed partial class SocketNetwork
{
    private const int KeepAliveSeconds = 30;

    private readonly SocketTransportFactory _listening;

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
}
