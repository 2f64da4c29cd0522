using System.Collections.Concurrent;
using System.Net;
using CoffeePayment.Engine.Timers;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// Messages over TCP, by the framework's own sockets and pipes. Each side connects to whom it sends to; a client's
/// connection to a gateway serves both ways.
/// </summary>
internal sealed partial class SocketNetwork : IClientNetwork
{
    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private readonly ConcurrentDictionary<SiloAddress, Link> _clients = new();
    private readonly ConcurrentDictionary<Link, SiloAddress> _links = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    // A silo that starts again where a dead one was has a later generation: one number an endpoint is enough.
    private readonly ConcurrentDictionary<IPEndPoint, int> _forgotten = new();

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _killed = new();
    private IMessageReceiver? _receiver;

    public SocketNetwork(
        NetworkIdentity identity, SocketNetworkSettings settings, TimeProvider time, ILoggerFactory loggerFactory)
    {
        Identity = identity;
        Settings = settings;
        Clock = new Clock(time);
        Log = new NetworkLog(loggerFactory.CreateLogger<SocketNetwork>());
        (Contexts, _listening) = CreateSockets(loggerFactory);
        Outbound = settings.Pipelines.Build(settings.Pipelines.Outbound, connection =>
        {
            var opening = connection.Features.Get<Opening>()!;
            return opening.Peer!.RunLinkAsync(connection, opening);
        });
    }

    public NetworkIdentity Identity { get; }

    public SocketNetworkSettings Settings { get; }

    public NetworkLog Log { get; }

    public Clock Clock { get; }

    private IMessageReceiver Receiver => _receiver ?? throw new InvalidOperationException("It has not been started.");

    private LinkSettings LinkSettings =>
        field ??= new LinkSettings(Receiver, Settings.BodyBytesMax, Settings.LingerTime, Clock.Provider, Log);

    public async Task StartAsync(IMessageReceiver receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        await ListenAsync(cancellationToken);
    }

    public void Send(Message message)
    {
        if (TooLarge(message) is { } reason) RejectSoon(message, reason);
        else if (_stopping.IsCancellationRequested) RejectSoon(message, Stopped());
        else if (message.Target.IsClient) SendToClient(message);
        else if (IsForgotten(message.Target)) RejectSoon(message, Dead(message.Target));
        else Enqueue(message, PeerOf(message.Target).Queue);
    }

    public async Task<GatewayWelcome> ConnectAsync(SiloAddress gateway, CancellationToken cancellationToken)
    {
        if (_stopping.IsCancellationRequested) throw Stopped();
        if (IsForgotten(gateway)) throw Dead(gateway);
        var welcome = await PeerOf(gateway).Welcome.WaitAsync(cancellationToken);
        return new GatewayWelcome(welcome.Identity.Address, welcome.Manifest);
    }

    public void Forget(SiloAddress peer)
    {
        if (!peer.IsClient)
            _forgotten.AddOrUpdate(
                peer.Endpoint, peer.Generation, (_, known) => Math.Max(known, peer.Generation));
        if (_peers.TryGetValue(peer, out var known)) known.Abort(Dead(peer));
        foreach (var (link, address) in _links)
            if (address.Equals(peer))
                link.Abort("it is dead");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await StopListeningAsync();
        foreach (var peer in _peers.Values) peer.Queue.Close(Stopped());
        foreach (var link in _links.Keys) link.Queue.Close(Stopped());
        try
        {
            await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
        }

        Kill();
        await Task.WhenAll(_running.Keys);
        Contexts.Dispose();
    }

    public void Kill()
    {
        _stopping.Cancel();
        _killed.Cancel();
        _ = StopListeningAsync();
        foreach (var peer in _peers.Values) peer.Abort(Stopped());
        foreach (var link in _links.Keys) link.Abort("this side ends at once");
    }

    private static ConnectionFailedException Stopped() => new("This side has stopped.");

    private static ConnectionFailedException Dead(SiloAddress peer) => new($"{peer} is known to be dead.");

    private bool IsForgotten(SiloAddress peer) =>
        peer.Generation > 0 && _forgotten.TryGetValue(peer.Endpoint, out var generation)
            && peer.Generation <= generation;

    private MessageTooLargeException? TooLarge(Message message) =>
        message.Body.Length > Settings.BodyBytesMax
            ? new MessageTooLargeException(
                $"The message has {message.Body.Length} bytes; at most {Settings.BodyBytesMax} are sent.")
            : MessageWriter.GrainBytes(message.Grain) > MessageWriter.GrainBytesMax
                ? new MessageTooLargeException(
                    $"The grain's id is longer than {MessageWriter.GrainBytesMax} bytes.")
                : null;

    private void SendToClient(Message message)
    {
        if (_clients.TryGetValue(message.Target, out var link)) Enqueue(message, link.Queue);
        else RejectSoon(
            message, new ConnectionFailedException($"The client {message.Target} is not connected to this gateway."));
    }

    private void Enqueue(Message message, OutgoingQueue queue)
    {
        switch (queue.TryAdd(message))
        {
            case OutgoingQueue.Outcome.Full:
                RejectSoon(message, new PeerTooSlowException(
                    $"{message.Target} reads too slowly: {queue} wait to be sent to it already."));
                break;
            case OutgoingQueue.Outcome.Closed:
                RejectSoon(message, queue.ClosedBecause!);
                break;
        }
    }

    private Peer PeerOf(SiloAddress address)
    {
        if (_peers.TryGetValue(address, out var known))
        {
            if (!known.IsOver) return known;
            Remove(known);
        }

        var peer = new Peer(this, address);
        var current = _peers.GetOrAdd(address, peer);
        if (current == peer) Track(Task.Run(peer.RunAsync));
        return current;
    }

    // Whoever sends may hold locks: it is told afterwards, elsewhere.
    private void RejectSoon(Message message, Exception reason) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static it => it.Receiver.NotSent(it.message, it.reason),
            (Receiver, message, reason),
            preferLocal: false);

    private void Track(Task task)
    {
        _running.TryAdd(task, true);
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
