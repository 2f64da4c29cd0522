using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Tests.Api;

/// <summary>What the server takes from anybody, over raw connections.</summary>
public sealed class ServerLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Head_ThatDoesNotEnd_IsGivenUp()
    {
        await using var api = await ApiHarness.StartAsync(
            options => options.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        using var connection = await ConnectAsync(api);

        await SendAsync(connection, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        var answer = await ReadToEndAsync(connection);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_TooLong_Is431()
    {
        await using var api = await ApiHarness.StartAsync();
        using var connection = await ConnectAsync(api);

        var tooLong = new string('x', 33_000);

        await SendAsync(connection, $"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: {tooLong}\r\n\r\n");
        var answer = await ReadToEndAsync(connection);

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_MoreThanAreServed_AreClosedAtOnce()
    {
        await using var api = await ApiHarness.StartAsync(options => options.ConnectionsMax = 1);
        using var first = await ConnectAsync(api);
        await SendAsync(first, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await first.ReceiveAsync(new byte[1000]).WaitAsync(Patience);

        using var second = await ConnectAsync(api);
        var answer = await ReadToEndAsync(second);

        Assert.Equal("", answer);
    }

    [Fact]
    public async Task Bodies_MustComeWithinReason()
    {
        await using var api = await ApiHarness.StartAsync();

        var limits = api.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        var rate = limits.MinRequestBodyDataRate!;
        Assert.Equal((240, TimeSpan.FromSeconds(5)), (rate.BytesPerSecond, rate.GracePeriod));
        Assert.Equal((15, 20_000), (limits.RequestHeadersTimeout.TotalSeconds, limits.MaxConcurrentConnections));
    }

    private static async Task<Socket> ConnectAsync(ApiHarness api)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(api.Http.BaseAddress!.Host, api.Http.BaseAddress.Port);
        return socket;
    }

    private static Task SendAsync(Socket connection, string text) =>
        connection.SendAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>All that comes until the other side closes the connection, whichever way.</summary>
    private static async Task<string> ReadToEndAsync(Socket connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await connection.ReceiveAsync(buffer).WaitAsync(Patience) is > 0 and var length)
                text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // As good as closed.
        }

        return text.ToString();
    }
}
