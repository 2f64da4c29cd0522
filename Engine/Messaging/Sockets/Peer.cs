using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// One attempt to connect to a silo or gateway, and the connection that comes of it: what is sent meanwhile waits.
/// After a failed attempt it stays for a moment, so that a silo which is down is not hammered.
/// </summary>
internal sealed class Peer(SocketNetwork network, SiloAddress address)
{
    private readonly TaskCompletionSource<Preamble> _welcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Link? _link;
    private long _overAt = long.MaxValue;

    public SiloAddress Address => address;

    public OutgoingQueue Queue { get; } = network.NewQueue();

    /// <summary>Whether it is time for another attempt.</summary>
    public bool IsOver => network.Clock.Now >= Volatile.Read(ref _overAt);

    /// <summary>What the other side said of itself.</summary>
    public Task<Preamble> Welcome => _welcome.Task;

    public void Abort(Exception reason)
    {
        Queue.Close(reason);
        _welcome.TrySetException(reason);
        Volatile.Read(ref _link)?.Abort(reason.Message);
    }

    /// <summary>Connects, sends until the connection ends, and tells what was not sent.</summary>
    public async Task RunAsync()
    {
        var reason = await TryConnectAsync();
        var pause = _link is null ? network.Settings.RetryDelay : TimeSpan.Zero;
        Volatile.Write(ref _overAt, network.Clock.Now + pause.Ticks);
        if (_link is null) network.Log.NotConnected(address, reason.Message);
        Queue.Close(reason);
        _welcome.TrySetException(reason);
        _ = _welcome.Task.Exception;
        network.RejectAll(Queue, reason);
        if (_link is { } link) network.LinkEnded(link);
        else await network.PauseAsync();
        network.Remove(this);
    }

    /// <summary>What ends the pipeline of an outgoing connection.</summary>
    public async Task RunLinkAsync(ConnectionContext connection, Opening opening)
    {
        var own = new Preamble(network.Identity, address, default);
        var welcome = await Handshake.InitiateAsync(connection.Transport, own, opening.Token);
        if (!opening.TryComplete()) throw new OperationCanceledException(opening.Token);
        var link = network.NewLink(connection, own, welcome, Queue);
        Volatile.Write(ref _link, link);
        if (!_welcome.TrySetResult(welcome)) link.Abort("it is not wanted any more");
        network.Log.Connected(address);
        await link.RunAsync();
    }

    private async Task<Exception> TryConnectAsync()
    {
        using var opening = network.NewOpening(this);
        try
        {
            await ConnectAsync(opening);
            return _link is { } link
                ? new ConnectionFailedException($"The connection with {address} has ended: {link.Reason}")
                : new ConnectionFailedException("it was given up before messages could be sent over it");
        }
        catch (ConnectionRefusedByPeerException exception)
        {
            return exception;
        }
        catch (Exception exception) when (opening.Token.IsCancellationRequested)
        {
            return new ConnectionFailedException(
                $"{address} did not answer within {network.Settings.OpenTimeout.TotalSeconds} s", exception);
        }
        catch (Exception exception)
        {
            return new ConnectionFailedException($"{address} cannot be reached: {exception.Message}", exception);
        }
    }

    private async Task ConnectAsync(Opening opening)
    {
        var socket = SocketNetwork.Configure(
            new Socket(address.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        ConnectionContext connection;
        try
        {
            await socket.ConnectAsync(address.Endpoint, opening.Token);
            connection = network.Contexts.Create(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        await network.RunAsync(connection, opening, network.Outbound);
    }
}
