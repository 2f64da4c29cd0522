using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>A server on a loopback port that replies whatever it is told to, byte for byte.</summary>
/// <param name="reply">What to reply to a request, which is the text of all of it.</param>
internal sealed class ReplyServer(Func<string, ProviderReply> reply) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _served = [];
    private Task _accepting = Task.CompletedTask;

    public string Url => $"http://{_listener.LocalEndpoint}";

    public ReplyServer Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_served);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _served.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            while (await ReadAsync(socket) is { } request)
            {
                var answer = reply(request);
                for (var sent = 0; sent < answer.Bytes.Length;)
                    sent += await socket.SendAsync(answer.Bytes.AsMemory(sent), _stop.Token);
                if (answer.After == AfterReply.Keeps) continue;
                if (answer.After == AfterReply.Resets) socket.LingerState = new LingerOption(enable: true, seconds: 0);
                if (answer.After == AfterReply.Stalls) await socket.ReceiveAsync(new byte[1], _stop.Token);
                return;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The service has had enough, or the run is over.
        }
    }

    /// <summary>A request with its body; null when the client has gone.</summary>
    private async Task<string?> ReadAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer, _stop.Token);
            if (count == 0) return null;
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private static bool IsWhole(string text)
    {
        const string Length = "Content-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var at = text.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        return at < 0 || at > end
            || text.Length - end - 4 >= int.Parse(text[(at + Length.Length)..text.IndexOf('\r', at)]);
    }
}
