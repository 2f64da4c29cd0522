using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// Carries messages between silos and clients: sockets in production, memory in test clusters, and in a simulation
/// whatever loses, delays, repeats and reorders them.
/// </summary>
internal interface INetwork
{
    /// <summary>Starts to listen, where others are to reach this side, and to hand over what arrives.</summary>
    Task StartAsync(IMessageReceiver receiver, CancellationToken cancellationToken);

    /// <summary>
    /// Sends to <see cref="Message.Target"/>, connecting first if need be. Returns at once and never throws. Messages
    /// to one target that arrive do so in order.
    /// </summary>
    void Send(Message message);

    /// <summary>Ends the connections with that silo and takes no new ones from it: it is dead.</summary>
    void Forget(SiloAddress peer);

    /// <summary>Sends what is waiting, as long as the token allows, then ends all connections.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Ends all connections at once: what a crash does.</summary>
    void Kill();
}

/// <summary>
/// The same from a client's side. It addresses a gateway by the endpoint that clients connect to and the generation of
/// its silo (0: whichever silo is there); messages arrive there with the silo's own address as their target.
/// </summary>
internal interface IClientNetwork : INetwork
{
    /// <summary>Connects to a gateway, unless that is done, and tells what it says of itself.</summary>
    /// <exception cref="OrleansException">It cannot be reached, or refuses.</exception>
    Task<GatewayWelcome> ConnectAsync(SiloAddress gateway, CancellationToken cancellationToken);
}

/// <summary>Who gets what a network brings. Called on any thread; must return soon and not throw.</summary>
internal interface IMessageReceiver
{
    void Receive(Message message);

    /// <summary>The message certainly did not leave this side.</summary>
    void NotSent(Message message, Exception reason);

    /// <summary>
    /// A connection, in either direction, has ended: nobody knows what became of what was sent over it and not answered
    /// yet.
    /// </summary>
    void Disconnected(SiloAddress peer);
}
