using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>The network of a silo that is alone: there is nobody to send to.</summary>
internal sealed class NoNetwork : INetwork
{
    private IMessageReceiver? _receiver;

    public Task StartAsync(IMessageReceiver receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        return Task.CompletedTask;
    }

    public void Send(Message message) =>
        _receiver?.NotSent(message, new SiloUnavailableException("This silo is alone; there is no network."));

    public void Forget(SiloAddress peer)
    {
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Kill()
    {
    }
}
