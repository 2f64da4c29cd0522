using System.Net;
using Microsoft.AspNetCore.Connections;

namespace CoffeePayment.Engine.Messaging;

/// <content>Connections that others make.</content>
internal sealed partial class SocketNetwork
{
    private readonly List<IConnectionListener> _listeners = [];
    private int _inboundConnections;

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (Settings.SiloEndpoint is { } silos)
            await ListenAsync("silos", silos, Settings.Pipelines.SiloInbound, isGateway: false, cancellationToken);
        if (Settings.GatewayEndpoint is { } clients)
            await ListenAsync(
                "clients", clients, Settings.Pipelines.GatewayInbound, isGateway: true, cancellationToken);
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
            return $"{Identity.Address} takes only {(isGateway ? "clients" : "silos")} here";
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
