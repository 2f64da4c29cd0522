using System.Net;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class MemoryNetworkTests : NetworkSuite
{
    private readonly MemoryHub _hub = new(new ThreadPoolExecutor());
    private int _ports = 10_000;

    private protected override SiloAddress NewAddress(int generation) =>
        SiloAddress.New(IPAddress.Loopback, ++_ports, generation);

    private protected override (INetwork Network, SiloAddress Gateway) Create(NetworkIdentity identity)
    {
        var gateway = SiloAddress.New(IPAddress.Loopback, ++_ports, identity.Address.Generation);
        return (new MemoryNetwork(_hub, identity, gateway), gateway);
    }
}
