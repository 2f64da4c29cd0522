using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CoffeePayment.Hosting.Clustering;

/// <summary>
/// Finds ports for what must be known before it listens: a silo that was given none (Orleans wants it so), or a child
/// process.
/// </summary>
internal static class FreePort
{
    // Below those that systems give to outgoing connections (Linux from 32768 on), one of which would take the port
    // before the silo listens: on a busy machine that is seconds later.
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _latest = RandomNumberGenerator.GetInt32(Count);

    /// <summary>A free port of this machine's loopback address; see <see cref="Or"/>.</summary>
    public static int OfLoopback() => Or(0, IPAddress.Loopback);

    /// <summary>
    /// The port, or if that is 0 one that is free now and that this process has not been given yet; whoever takes it
    /// next makes the start fail.
    /// </summary>
    /// <exception cref="SocketException">The address is not one of this machine's, or no port is free.</exception>
    public static int Or(int port, IPAddress address)
    {
        if (port != 0) return port;

        for (var tries = 1; ; tries++)
        {
            var candidate = First + (Interlocked.Increment(ref _latest) % Count);
            try
            {
                using var listener = new TcpListener(address, candidate);
                listener.Start();
                return candidate;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < Count)
            {
                // Somebody listens there.
            }
        }
    }
}
