using System.Diagnostics;
using System.Net.Sockets;

namespace CoffeePayment.Tests.Inputs.Wire;

/// <summary>What a client does when it has sent all that it sends.</summary>
internal enum AfterSending
{
    /// <summary>Reads until the server closes the connection.</summary>
    Reads,

    /// <summary>Says that nothing more will come, and reads.</summary>
    EndsAndReads,

    /// <summary>Reads the first of the answer, and breaks the connection.</summary>
    BreaksOff,
}

/// <summary>A connection on which anything can be sent; clients of libraries are too polite for that.</summary>
internal static class RawConnection
{
    private const int AnswerBytesMax = 16 * 1024 * 1024;

    /// <summary>Sends the bytes on a connection of their own, and reads what comes back.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="bytes">All that is sent. A request that is whole must ask for the connection to be closed.</param>
    /// <param name="after">What to do then.</param>
    /// <param name="limit">How long all of it may take.</param>
    /// <exception cref="OperationCanceledException">It took longer.</exception>
    public static async Task<RawAnswer> SendAsync(Uri url, byte[] bytes, AfterSending after, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        using var patience = new CancellationTokenSource(limit);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, patience.Token);

        // Both at once: a server may answer what it has not read, and not read what it has answered.
        var sending = SendAsync(socket, bytes, after, patience.Token);
        var received = await ReceiveAsync(socket, isFirstEnough: after == AfterSending.BreaksOff, patience.Token);
        if (after == AfterSending.BreaksOff) socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        await sending;
        return RawAnswer.Parse(received, watch.Elapsed);
    }

    private static async Task SendAsync(
        Socket socket, byte[] bytes, AfterSending after, CancellationToken cancellationToken)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
                sent += await socket.SendAsync(bytes.AsMemory(sent), cancellationToken);
            if (after == AfterSending.EndsAndReads) socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The server has closed the connection; what it said before counts.
        }
    }

    private static async Task<byte[]> ReceiveAsync(
        Socket socket, bool isFirstEnough, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (received.Length < AnswerBytesMax)
            {
                var count = await socket.ReceiveAsync(buffer, cancellationToken);
                if (count == 0) break;
                received.Write(buffer, 0, count);
                if (isFirstEnough) break;
            }
        }
        catch (SocketException)
        {
            // Reset: what came before counts.
        }

        return received.ToArray();
    }
}
