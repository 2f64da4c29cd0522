using System.Collections.Concurrent;
using System.Net;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>A network of silos and clients in one process.</summary>
/// <param name="hub">Where the others are.</param>
/// <param name="identity">Who this is.</param>
/// <param name="gateway">By which address clients know this silo. Default: its own.</param>
internal sealed class MemoryNetwork(MemoryHub hub, NetworkIdentity identity, SiloAddress? gateway = null)
    : IClientNetwork
{
    private readonly ConcurrentDictionary<IPEndPoint, int> _forgotten = new();
    private IMessageReceiver? _receiver;

    public NetworkIdentity Identity => identity;

    public SiloAddress Gateway => gateway ?? identity.Address;

    public IMessageReceiver Receiver =>
        _receiver ?? throw new InvalidOperationException("It has not been started.");

    public Task StartAsync(IMessageReceiver receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        hub.Join(this);
        return Task.CompletedTask;
    }

    public void Send(Message message) => hub.Send(this, message);

    public Task<GatewayWelcome> ConnectAsync(SiloAddress gateway, CancellationToken cancellationToken)
    {
        try
        {
            var silo = hub.Connect(this, gateway).Identity;
            return Task.FromResult(new GatewayWelcome(silo.Address, silo.Manifest()));
        }
        catch (OrleansException exception)
        {
            return Task.FromException<GatewayWelcome>(exception);
        }
    }

    public void Forget(SiloAddress peer)
    {
        if (!peer.IsClient)
            _forgotten.AddOrUpdate(
                peer.Endpoint, peer.Generation, (_, known) => Math.Max(known, peer.Generation));
        hub.Disconnect(this, peer);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await hub.LeaveGentlyAsync(this).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
        }

        hub.Leave(this);
    }

    public void Kill() => hub.Leave(this);

    /// <summary>Whether that silo, or a later one at the same place, was declared dead.</summary>
    public bool HasForgotten(SiloAddress peer) =>
        peer.Generation > 0 && _forgotten.TryGetValue(peer.Endpoint, out var generation)
            && peer.Generation <= generation;
}
