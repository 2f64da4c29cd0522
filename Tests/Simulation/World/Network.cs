using CoffeePayment.Engine.Messaging;
using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>One silo's network: what it sends is up to the <see cref="Wires"/>.</summary>
internal sealed class Network(Wires wires, Lane lane, NetworkIdentity identity) : INetwork
{
    private readonly Dictionary<System.Net.IPEndPoint, int> _forgotten = [];

    public NetworkIdentity Identity => identity;

    public SiloAddress Address => identity.Address;

    public Lane Lane => lane;

    public IMessageReceiver Receiver { get; private set; } = null!;

    public Task StartAsync(IMessageReceiver receiver, CancellationToken cancellationToken)
    {
        Receiver = receiver;
        wires.Join(this);
        return Task.CompletedTask;
    }

    public void Send(Message message) => wires.Send(this, message);

    public void Forget(SiloAddress peer)
    {
        _forgotten[peer.Endpoint] = Math.Max(peer.Generation, _forgotten.GetValueOrDefault(peer.Endpoint));
        wires.Break(Address, peer);
    }

    public Task StopAsync(CancellationToken cancellationToken) => wires.LeaveAsync(this);

    public void Kill() => wires.Leave(this, isSilent: false);

    /// <summary>Whether that silo, or a later one at the same place, is known to be dead.</summary>
    public bool HasForgotten(SiloAddress peer) =>
        _forgotten.TryGetValue(peer.Endpoint, out var generation) && peer.Generation <= generation;
}
