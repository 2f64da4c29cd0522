using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Hosting;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// One call that arrived from another node: for its request it is both the caller and the way back to it.
/// </summary>
internal sealed class IncomingCall(Silo silo, IncomingCalls calls, Message message) : ICaller, ITransport
{
    public Request Request { get; set; } = null!;

    public (SiloAddress, long) Key => (message.Sender, message.Id);

    public ITransport Transport => this;

    // The caller keeps it, with its own timeout, on its own silo.
    public PendingCalls? Pending => null;

    public TimeSpan ResponseTimeout => Timeout.InfiniteTimeSpan;

    public bool CancelsOnTimeout => false;

    public void Deliver()
    {
        if (Request.Method.TakesToken) calls.Remember(this);
        try
        {
            silo.Catalog.GetOrActivate(message.Grain).Post(Request);
        }
        catch (SiloUnavailableException)
        {
            TurnAway();
        }
        catch (Exception exception)
        {
            Request.SetFailure(exception);
            Reply(Request);
        }
    }

    /// <summary>The activation that it was meant for is gone: the next one may be elsewhere.</summary>
    public void Send(Request request)
    {
        if (silo.HomeOf(message.Grain) is null) Deliver();
        else TurnAway();
    }

    public void Reply(Request request)
    {
        calls.Forget(this);
        if (request.Failure is null)
        {
            try
            {
                calls.Answer(message, MessageKind.Response, request.EncodeResult());
                return;
            }
            catch (Exception exception)
            {
                request.SetFailure(exception);
            }
        }

        calls.Answer(message, MessageKind.Failure, Failures.Encode(request.Failure!));
    }

    public void Cancel()
    {
        // One that has not begun is dropped where it waits, and never answered.
        calls.Forget(this);
        Request.Abandon();
        Cancel(Request);
    }

    public void Cancel(Request request) => silo.Catalog.Find(message.Grain)?.Post(request.CancelCallee);

    private void TurnAway()
    {
        calls.Forget(this);
        calls.TurnAway(message);
    }
}
