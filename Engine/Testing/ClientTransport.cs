using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Hosting;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Testing;

/// <summary>A client's way to the silo beside it in the process, whichever that is now.</summary>
internal sealed class ClientTransport(Func<Silo?> silo) : ITransport
{
    public void Send(Request request)
    {
        if (silo() is { } target)
        {
            target.Transport.Send(request);
            return;
        }

        request.SetFailure(new SiloUnavailableException($"There is no silo to carry out {request}."));
        request.Complete();
    }

    public void Reply(Request request)
    {
        request.IsolateResult();
        request.Complete();
    }

    public void Cancel(Request request) => silo()?.Transport.Cancel(request);
}
