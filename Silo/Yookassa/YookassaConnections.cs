using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>The pool of connections to YooKassa, one for all merchants, since they differ in a header only.</summary>
internal static class YookassaConnections
{
    private static readonly HttpRequestOptionsKey<bool> HasConnected = new("CoffeePayment.HasConnected");

    /// <summary>
    /// How many connections there are is bounded by the requests under way, so that a request never waits in the
    /// handler, where it would not be seen.
    /// </summary>
    public static SocketsHttpHandler Create(YookassaOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.Timeout,
        ConnectCallback = ConnectAsync,

        // A new connection finds out when the name points elsewhere; the old ones would never.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),

        // Without a propagator the handler leaves out its diagnostics layer.
        ActivityHeadersPropagator = options.PropagatesTraces ? DistributedContextPropagator.Current : null,
    };

    /// <summary>
    /// Connects at most once for a request. The handler sends a GET up to four times when connections close without a
    /// word: right for a kept one that had just been given up by the other side, but when a fresh one breaks the
    /// provider is in trouble, and must not get every check fourfold.
    /// </summary>
    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var request = context.InitialRequestMessage;
        if (request.Options.TryGetValue(HasConnected, out _))
            throw new IOException("The connection that was made for this request broke before it was answered.");

        request.Options.Set(HasConnected, true);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
