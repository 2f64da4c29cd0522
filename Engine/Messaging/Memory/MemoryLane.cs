namespace CoffeePayment.Engine.Messaging;

/// <summary>What is under way from one network to another: handed over one by one, in order.</summary>
internal sealed class MemoryLane(MemoryHub hub, MemoryNetwork to) : IThreadPoolWorkItem
{
    // As many as SocketNetworkSettings.QueueMessagesMax.
    private const int MessagesMax = 65_536;

    private readonly Lock _gate = new();
    private readonly Queue<Message> _messages = [];
    private TaskCompletionSource? _empty;
    private bool _isClosed;

    /// <summary>False when too many are under way.</summary>
    public bool TryAdd(Message message)
    {
        lock (_gate)
        {
            if (_messages.Count == MessagesMax) return false;
            _messages.Enqueue(message);
            if (_messages.Count == 1) hub.Execute(this);
            return true;
        }
    }

    /// <summary>Loses what is under way.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _empty?.TrySetResult();
        }
    }

    public Task WhenEmpty()
    {
        lock (_gate)
        {
            if (_isClosed || _messages.Count == 0) return Task.CompletedTask;
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    public void Execute()
    {
        Message message;
        lock (_gate)
        {
            if (_isClosed) return;
            message = _messages.Peek();
        }

        to.Receiver.Receive(message);
        lock (_gate)
        {
            // Only now, so that it is not scheduled a second time while it hands one over.
            _messages.Dequeue();
            if (_isClosed) return;
            if (_messages.Count > 0) hub.Execute(this);
            else _empty?.TrySetResult();
        }
    }
}
