using CoffeePayment.Engine.Hosting;

namespace CoffeePayment.Engine.Calls;

/// <summary>
/// A silo's way to grains. Those that live here are called in place: nothing is encoded, values that could change are
/// copied. The others are called over the network.
/// </summary>
internal sealed class SiloTransport(Silo silo) : ITransport
{
    public void Send(Request request)
    {
        // One that is not running sends nowhere: what comes of the call is found out here, at once.
        if (!silo.IsRunning) SendHere(request);
        else if (!silo.Fence.IsOpen) silo.Fence.Hold(request);
        else if (silo.HomeOf(request.Target) is { } elsewhere) silo.Outgoing.Send(request, elsewhere);
        else SendHere(request);
    }

    public void Reply(Request request)
    {
        request.IsolateResult();
        request.Complete();
    }

    public void Cancel(Request request)
    {
        if (request.Remote is { } remote) remote.Cancel();
        else silo.Catalog.Find(request.Target)?.Post(request.CancelCallee);
    }

    private void SendHere(Request request)
    {
        request.Remote = null;
        try
        {
            request.IsolateArguments();
            silo.Catalog.GetOrActivate(request.Target).Post(request);
        }
        catch (Exception exception)
        {
            request.SetFailure(exception);
            request.Complete();
        }
    }
}
