using System.Net;
using System.Net.Sockets;

namespace CoffeePayment.Hosting.Clustering;

/// <summary>Finds a port for a silo that was given none: Orleans must know it before it listens.</summary>
internal static class FreePort
{
    /// <summary>The port, or if that is 0 one that is free now; whoever takes it next makes the start fail.</summary>
    public static int Or(int port, IPAddress address)
    {
        if (port != 0) return port;

        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
