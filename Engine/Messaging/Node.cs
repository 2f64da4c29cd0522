using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Scheduling;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>What messages come from and go to: a silo, or a client.</summary>
internal abstract class Node : IMessageReceiver
{
    private long _lastId;

    protected Node(IExecutor executor, TimeProvider time, EngineLog log)
    {
        Executor = executor;
        Time = time;
        Log = log;
        Turns = new ServiceTurns(this);
        Outgoing = new OutgoingCalls(this);
        Questions = new Questions(this);
    }

    public abstract SiloAddress Address { get; }

    public abstract INetwork Network { get; }

    /// <summary>Makes the references that arrive in messages.</summary>
    public abstract GrainFactory GrainFactory { get; }

    /// <summary>The version of the cluster's membership that this node acts on.</summary>
    public abstract long ViewVersion { get; }

    /// <summary>Where turns run; those of a killed silo do not.</summary>
    public IExecutor Executor { get; protected set; }

    /// <summary>The time by which messages are late.</summary>
    public TimeProvider Time { get; }

    public EngineLog Log { get; }

    public ServiceTurns Turns { get; }

    public OutgoingCalls Outgoing { get; }

    public Questions Questions { get; }

    /// <summary>Whether it has no time any more to wait for what others may come to know.</summary>
    public virtual bool IsEnding => false;

    /// <summary>Unique among the messages that this node sends and gets answers to.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Gets to know that version, or whatever is known when the attempt fails. Never throws.</summary>
    public abstract Task RefreshAsync(long minimumVersion);

    /// <summary>Sends it where it belongs now: to another node, or to a grain of this one.</summary>
    public abstract void Route(Request request);

    /// <summary>The other node that calls of the grain go to now; null: this one.</summary>
    public abstract SiloAddress? HomeOf(GrainId grainId);

    public void Receive(Message message)
    {
        switch (message.Kind)
        {
            case MessageKind.Request or MessageKind.OneWay or MessageKind.Cancel:
                ReceiveCall(message);
                break;
            case MessageKind.Response or MessageKind.Failure or MessageKind.Rejection:
                Outgoing.Receive(message);
                break;
            case MessageKind.Question:
                Questions.Receive(message);
                break;
            case MessageKind.Answer:
                Questions.ReceiveAnswer(message);
                break;
        }
    }

    public virtual void NotSent(Message message, Exception reason)
    {
        if (message.Kind == MessageKind.Question) Questions.NotSent(message, reason);
        else if (message.Kind == MessageKind.Request) Outgoing.NotSent(message, reason);
        else if (reason is MessageTooLargeException && FailureInsteadOf(message) is { } kind)
            SendInstead(message, kind, reason);
        else Log.MessageLost(message.Kind, message.Target, reason);
    }

    public virtual void Disconnected(SiloAddress peer)
    {
        Questions.Disconnected(peer);
        Outgoing.Disconnected(peer);
    }

    /// <summary>How this side addresses the sender of a message.</summary>
    public virtual SiloAddress AddressOf(SiloAddress sender) => sender;

    private static MessageKind? FailureInsteadOf(Message message) => message.Kind switch
    {
        MessageKind.Response => MessageKind.Failure,
        MessageKind.Answer => MessageKind.Answer,
        _ => null,
    };

    // Whoever waits for what is too large to be sent need not wait until its time is over.
    private void SendInstead(Message message, MessageKind kind, Exception reason) => Network.Send(new Message
    {
        Kind = kind,
        Id = message.Id,
        Sender = Address,
        Target = message.Target,
        ViewVersion = ViewVersion,
        Body = Failures.Encode(reason),
    });

    /// <summary>A request, a one-way call, or a cancellation of one of them has arrived.</summary>
    protected abstract void ReceiveCall(Message message);
}
