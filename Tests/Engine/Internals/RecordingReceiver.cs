using System.Threading.Channels;
using CoffeePayment.Engine.Messaging;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>Keeps what a network tells, each kind in its order.</summary>
internal sealed class RecordingReceiver : IMessageReceiver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<Message> _received = Channel.CreateUnbounded<Message>();
    private readonly Channel<(Message Message, Exception Reason)> _notSent =
        Channel.CreateUnbounded<(Message, Exception)>();
    private readonly Channel<SiloAddress> _disconnected = Channel.CreateUnbounded<SiloAddress>();

    /// <summary>Runs before a message is kept.</summary>
    public Action<Message> OnReceive { get; init; } = static _ => { };

    public int ReceivedWaiting => _received.Reader.Count;

    public int NotSentWaiting => _notSent.Reader.Count;

    public Task<Message> ReceivedAsync() => Next(_received);

    public Task<(Message Message, Exception Reason)> NotSentAsync() => Next(_notSent);

    public Task<SiloAddress> DisconnectedAsync() => Next(_disconnected);

    public async Task<Message[]> ReceivedAsync(int count)
    {
        var messages = new Message[count];
        for (var i = 0; i < count; i++) messages[i] = await ReceivedAsync();
        return messages;
    }

    void IMessageReceiver.Receive(Message message)
    {
        OnReceive(message);
        _received.Writer.TryWrite(message);
    }

    void IMessageReceiver.NotSent(Message message, Exception reason) => _notSent.Writer.TryWrite((message, reason));

    void IMessageReceiver.Disconnected(SiloAddress peer) => _disconnected.Writer.TryWrite(peer);

    private static Task<T> Next<T>(Channel<T> channel) => channel.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
