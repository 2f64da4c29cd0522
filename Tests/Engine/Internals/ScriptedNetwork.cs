using CoffeePayment.Engine.Messaging;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>Keeps what is sent; a test brings what arrives.</summary>
internal sealed class ScriptedNetwork : INetwork
{
    private IMessageReceiver? _receiver;

    public List<Message> Sent { get; } = [];

    /// <summary>Whether nobody can be reached.</summary>
    public bool IsDown { get; set; }

    public IMessageReceiver Receiver => _receiver ?? throw new InvalidOperationException("It has not been started.");

    public Task StartAsync(IMessageReceiver receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        return Task.CompletedTask;
    }

    public void Send(Message message)
    {
        Sent.Add(message);
        if (IsDown) Receiver.NotSent(message, new SiloUnavailableException("Nobody can be reached."));
    }

    public void Forget(SiloAddress peer)
    {
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Kill() => IsDown = true;
}
