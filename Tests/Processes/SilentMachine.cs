using System.Net;
using System.Net.Sockets;

namespace CoffeePayment.Tests.Processes;

/// <summary>A machine that takes commands and never answers, and says when it got one.</summary>
public sealed class SilentMachine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly TaskCompletionSource _commanded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _commands;

    public SilentMachine()
    {
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>How many commands came, whole or in part.</summary>
    public int Commands => Volatile.Read(ref _commands);

    /// <summary>Completes when the first command came.</summary>
    public Task WhenCommandedAsync() => _commanded.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sockets) _sockets.ForEach(socket => socket.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                lock (_sockets) _sockets.Add(socket);
                if (await socket.ReceiveAsync(new byte[4096]) == 0) continue;

                Interlocked.Increment(ref _commands);
                _commanded.TrySetResult();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
