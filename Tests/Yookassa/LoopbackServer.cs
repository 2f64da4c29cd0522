using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CoffeePayment.Tests.Yookassa;

/// <summary>
/// A server on a loopback port that does to a connection what a test says, down to closing it in the middle. Reads each
/// request to its end first.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Request> _requests = new();
    private readonly ConcurrentBag<Task> _served = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Request, Stream, CancellationToken, Task<bool>> _answer;
    private readonly Task _accepting;
    private int _connections;

    /// <summary>Listens at once.</summary>
    /// <param name="answer">Answers one request; false closes the connection afterwards.</param>
    private LoopbackServer(Func<Request, Stream, CancellationToken, Task<bool>> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Every request that arrived whole, in order.</summary>
    public IReadOnlyList<Request> Requests => [.. _requests];

    /// <summary>Completes when a server that hangs has got a request and said all it is going to say.</summary>
    public Task Hanging { get; private init; } = Task.CompletedTask;

    /// <summary>How many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Answers every request with the same bytes, and keeps the connection.</summary>
    public static LoopbackServer Answering(string response) => new(async (_, stream, cancellationToken) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(response), cancellationToken);
        return true;
    });

    /// <summary>Answers every request with a JSON body.</summary>
    public static LoopbackServer AnsweringJson(int status, string body) => Answering(
        $"HTTP/1.1 {status} Some\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Sends that much of an answer to every request, and then closes the connection.</summary>
    public static LoopbackServer ClosingAfter(string part) => new(async (_, stream, cancellationToken) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(part), cancellationToken);
        return false;
    });

    /// <summary>Sends that much of an answer to every request, and then nothing more.</summary>
    public static LoopbackServer HangingAfter(string part)
    {
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new(async (_, stream, cancellationToken) =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(part), cancellationToken);
            hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return false;
        })
        { Hanging = hanging.Task };
    }

    /// <summary>Answers the first request of each connection with JSON, and closes it on the second.</summary>
    public static LoopbackServer AnsweringOncePerConnection(string body)
    {
        var response = Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return new(async (request, stream, cancellationToken) =>
        {
            if (request.NumberOnConnection > 1) return false;

            await stream.WriteAsync(response, cancellationToken);
            return true;
        });
    }

    /// <summary>An address at which nobody listens.</summary>
    public static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
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
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _served.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            for (var number = 1; await ReadAsync(stream, number) is { } request; number++)
            {
                _requests.Enqueue(request);
                if (!await _answer(request, stream, _stop.Token)) return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<Request?> ReadAsync(Stream stream, int number)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
            pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new Request(number, lines[0], headers, Encoding.UTF8.GetString(body));
    }

    /// <summary>A request as it arrived.</summary>
    internal sealed record Request(
        int NumberOnConnection, string Line, IReadOnlyDictionary<string, string> Headers, string Body);
}
