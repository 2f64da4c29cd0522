using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Messaging;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Calls;

/// <summary>
/// One call, from its sending to its outcome. In one process the caller, the transport and the callee share this
/// object: it is the message, what the caller awaits, and the turn that the callee carries out.
/// </summary>
internal abstract class Request(ICaller caller, GrainId target) : Turn
{
    private int _isCompleted;
    private CancellationTokenSource? _calleeCancellation;
    private CancellationTokenRegistration _callerCancellation;

    public GrainId Target => target;

    public abstract MethodModel Method { get; }

    public sealed override bool Interleaves => Method.Interleaves;

    public sealed override bool IsReadOnly => Method.IsReadOnly;

    public sealed override bool KeepsAlive => true;

    public sealed override bool IsLocalOnly => false;

    public bool IsCompleted => Volatile.Read(ref _isCompleted) != 0;

    /// <summary>
    /// The neighbours among the caller's pending requests, and when it gives up, for <see cref="PendingCalls"/>.
    /// </summary>
    public Request? Next { get; set; }

    public Request? Previous { get; set; }

    public long Deadline { get; set; }

    /// <summary>The call on its way to another silo; null while it is here.</summary>
    public RemoteCall? Remote { get; set; }

    public Exception? Failure { get; private set; }

    /// <summary>What the grain's method gets as its cancellation token.</summary>
    protected CancellationToken CalleeToken => _calleeCancellation?.Token ?? CancellationToken.None;

    /// <summary>Gives the callee arguments that the caller does not share.</summary>
    public abstract void IsolateArguments();

    /// <summary>Gives the caller a result that the callee does not share.</summary>
    public abstract void IsolateResult();

    /// <summary>The arguments for another silo.</summary>
    public abstract ReadOnlyMemory<byte> EncodeArguments();

    /// <summary>The result for the caller's silo; not if there is a <see cref="Failure"/>.</summary>
    public abstract ReadOnlyMemory<byte> EncodeResult();

    /// <summary>Takes the result from what <see cref="EncodeResult"/> gave on the callee's silo.</summary>
    public abstract void DecodeResult(ReadOnlyMemory<byte> body, GrainFactory factory);

    public void SetFailure(Exception exception)
    {
        Failure = exception;

        // Whoever sees it later has not written that state himself: only the grain it came from is stale.
        if (exception is Orleans.Storage.InconsistentStateException inconsistent)
            inconsistent.IsSourceActivation = false;
    }

    /// <summary>Hands the outcome to the caller, unless it has one already.</summary>
    public void Complete()
    {
        if (Method.IsOneWay || !TryComplete()) return;
        if (Failure is null) DeliverResult();
        else DeliverFailure(Failure);
    }

    /// <summary>Nobody waits for it: it is not carried out unless it has begun.</summary>
    public void Abandon() => Interlocked.Exchange(ref _isCompleted, 1);

    /// <summary>The caller waited long enough.</summary>
    public void TimeOut()
    {
        if (!TryComplete()) return;
        DeliverFailure(new TimeoutException(
            $"Response did not arrive on time in {caller.ResponseTimeout} for {this}. "
            + "The call may still be carried out."));
        if (caller.CancelsOnTimeout && _calleeCancellation is not null) caller.Transport.Cancel(this);
    }

    /// <summary>Ties the token that the caller passed to the one that the callee gets.</summary>
    public void Observe(CancellationToken token)
    {
        _calleeCancellation = new CancellationTokenSource();
        if (!token.CanBeCanceled) return;
        _callerCancellation = token.UnsafeRegister(
            static (request, token) => ((Request)request!).CancelFromCaller(token), this);
    }

    /// <summary>Runs in a turn of the callee.</summary>
    public void CancelCallee() => _calleeCancellation?.Cancel();

    public sealed override void Reject(Exception reason)
    {
        SetFailure(reason);
        caller.Transport.Reply(this);
    }

    public sealed override void Forward()
    {
        if (!IsCompleted) caller.Transport.Send(this);
    }

    public override string ToString() => $"request {Method.Name} to {Target}";

    protected abstract void DeliverResult();

    protected abstract void DeliverFailure(Exception exception);

    /// <summary>The callee is done with it.</summary>
    protected void Answer(Activation activation, Exception? failure)
    {
        EngineMetrics.Calls.Add(1);
        if (failure is not null)
        {
            if (failure is Orleans.Storage.InconsistentStateException { IsSourceActivation: true })
            {
                activation.Deactivate(new Orleans.DeactivationReason(
                    Orleans.DeactivationReasonCode.ApplicationError,
                    failure,
                    "The state in memory is not the stored one."));
            }

            SetFailure(failure);
            if (Method.IsOneWay) activation.Silo.Log.OneWayFailed(Method.Name, Target, failure);
        }

        if (!Method.IsOneWay) caller.Transport.Reply(this);
        activation.Ended(this);
    }

    private bool TryComplete()
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) != 0) return false;
        caller.Pending?.Remove(this);
        _callerCancellation.Unregister();
        Remote?.Forget();
        return true;
    }

    private void CancelFromCaller(CancellationToken token)
    {
        caller.Transport.Cancel(this);
        if (TryComplete()) DeliverFailure(new OperationCanceledException(token));
    }
}
