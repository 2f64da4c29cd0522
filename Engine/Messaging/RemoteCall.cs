using CoffeePayment.Engine.Calls;

namespace CoffeePayment.Engine.Messaging;

/// <summary>A call that another silo carries out, from its sending until its outcome is known.</summary>
internal abstract class RemoteCall(OutgoingCalls calls)
{
    /// <summary>As it was sent last.</summary>
    public Message? Message { get; set; }

    public int Attempts { get; set; }

    protected OutgoingCalls Calls => calls;

    /// <summary>Nobody waits for it any longer.</summary>
    public abstract bool IsOver { get; }

    /// <param name="outcome">A response or a failure.</param>
    public abstract void Complete(Message outcome);

    public abstract void Fail(Exception exception);

    /// <summary>It was certainly not carried out, and this node does not try again.</summary>
    public virtual void Refuse(Exception exception) => Fail(exception);

    /// <summary>It was certainly not carried out: finds where to send it now.</summary>
    public abstract void SendAgain();

    /// <summary>Its outcome is of no interest any more.</summary>
    public void Forget() => calls.Remove(this);

    /// <summary>Tells the callee that nobody waits for it.</summary>
    public void Cancel() => calls.Cancel(this);
}

/// <summary>A call made on this node.</summary>
internal sealed class OwnCall(OutgoingCalls calls, Request request) : RemoteCall(calls)
{
    public override bool IsOver => request.IsCompleted;

    public override void Complete(Message outcome)
    {
        try
        {
            if (outcome.Kind == MessageKind.Response) request.DecodeResult(outcome.Body, Calls.Node.GrainFactory);
            else request.SetFailure(Failures.Decode(outcome.Body));
        }
        catch (Exception exception)
        {
            request.SetFailure(exception);
        }

        request.Complete();
    }

    public override void Fail(Exception exception)
    {
        request.SetFailure(exception);
        request.Complete();
    }

    public override void SendAgain() => Calls.Node.Route(request);
}

/// <summary>A client's call that arrived at a silo where its grain does not live, and is passed on.</summary>
internal sealed class RelayedCall(OutgoingCalls calls, Message original, long since) : RemoteCall(calls)
{
    private int _isOver;

    public override bool IsOver => Volatile.Read(ref _isOver) != 0;

    public Message Original => original;

    /// <summary>When it arrived, by the timestamps of the node.</summary>
    public long Since => since;

    public override void Complete(Message outcome) => Answer(outcome.Kind, outcome.Body);

    public override void Fail(Exception exception) =>
        Answer(MessageKind.Failure, Failures.Encode(exception));

    // The client may know another silo that takes it.
    public override void Refuse(Exception exception) => Answer(MessageKind.Rejection, default);

    public override void SendAgain() => Calls.Relay(this);

    /// <summary>The client has given up, or is gone.</summary>
    public void GiveUp() => TryEnd();

    private void Answer(MessageKind kind, ReadOnlyMemory<byte> body)
    {
        if (!TryEnd()) return;
        Calls.Node.Network.Send(new Message
        {
            Kind = kind,
            Id = original.Id,
            Sender = Calls.Node.Address,
            Target = original.Sender,
            ViewVersion = Calls.Node.ViewVersion,
            Body = body,
        });
    }

    private bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0) return false;
        Calls.RelayEnded();
        return true;
    }
}
