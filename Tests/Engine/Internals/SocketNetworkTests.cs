using System.Net;
using System.Net.Sockets;
using CoffeePayment.Engine.Messaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class SocketNetworkTests : NetworkSuite
{
    private SocketNetworkSettings _settings = new();

    private protected override SiloAddress NewAddress(int generation) =>
        SiloAddress.New(IPAddress.Loopback, FreePort(), generation);

    private protected override (INetwork Network, SiloAddress Gateway) Create(NetworkIdentity identity)
    {
        var isSilo = !identity.Address.IsClient;
        var gateway = isSilo ? NewAddress(identity.Address.Generation) : identity.Address;
        var settings = _settings with
        {
            SiloEndpoint = isSilo ? identity.Address.Endpoint : null,
            GatewayEndpoint = isSilo ? gateway.Endpoint : null,
        };
        return (new SocketNetwork(identity, settings, TimeProvider.System, NullLoggerFactory.Instance), gateway);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
