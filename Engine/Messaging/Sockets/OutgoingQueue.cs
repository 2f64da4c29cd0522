using System.Threading.Channels;

namespace CoffeePayment.Engine.Messaging;

/// <summary>What waits to be written to one connection: bounded in number and in bytes.</summary>
internal sealed class OutgoingQueue(int messagesMax, long bytesMax)
{
    // What a message costs besides its body, roughly.
    private const int MessageBytes = 128;

    private readonly Channel<Message> _messages =
        Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });

    private int _count;
    private long _bytes;
    private Exception? _closedBecause;

    public enum Outcome
    {
        Queued,
        Full,
        Closed,
    }

    /// <summary>Why nothing is taken any more; null while messages are.</summary>
    public Exception? ClosedBecause => Volatile.Read(ref _closedBecause);

    public Outcome TryAdd(Message message)
    {
        if (ClosedBecause is not null) return Outcome.Closed;
        var size = SizeOf(message);

        // A message that alone is larger than the bound passes when nothing else waits.
        var isFull = Interlocked.Increment(ref _count) > messagesMax
            | (Interlocked.Add(ref _bytes, size) is var bytes && bytes > bytesMax && bytes > size);
        if (!isFull && _messages.Writer.TryWrite(message)) return Outcome.Queued;
        Release(size);
        return isFull ? Outcome.Full : Outcome.Closed;
    }

    /// <summary>Takes no more messages; those that wait stay.</summary>
    public void Close(Exception reason)
    {
        Interlocked.CompareExchange(ref _closedBecause, reason, null);
        _messages.Writer.TryComplete();
    }

    /// <summary>False once the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _messages.Reader.WaitToReadAsync();

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Message? message)
    {
        if (!_messages.Reader.TryRead(out message)) return false;
        Release(SizeOf(message));
        return true;
    }

    public override string ToString() => $"{Volatile.Read(ref _count)} messages, {Volatile.Read(ref _bytes)} bytes";

    private static long SizeOf(Message message) => MessageBytes + message.Body.Length;

    private void Release(long size)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -size);
    }
}
