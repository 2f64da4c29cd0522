using CoffeePayment.Engine.Hosting;

namespace CoffeePayment.Engine.Calls;

/// <summary>Caller and callee are in one process: nothing is encoded, values that could change are copied.</summary>
internal sealed class LocalTransport(Silo silo) : ITransport
{
    public void Send(Request request)
    {
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

    public void Reply(Request request)
    {
        request.IsolateResult();
        request.Complete();
    }

    public void Cancel(Request request) => silo.Catalog.Find(request.Target)?.Post(request.CancelCallee);
}
