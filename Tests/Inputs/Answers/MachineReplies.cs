using System.Text;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>What a machine may send back to a command, and what may become of the order then.</summary>
internal static class MachineReplies
{
    private static readonly string[] Made = ["make_pending"];
    private static readonly string[] Refused = ["make_failed"];
    private static readonly string[] Unknown = ["manual_make"];

    public static IReadOnlyList<(ProviderReply Reply, string[] Ends)> All { get; } =
    [
        Of(Made, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Of(Made, "HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\n\r\n{\"a\":\"b\"}"),
        Of(Made, "HTTP/1.1 299 Odd\r\nContent-Length: 2\r\n\r\n\0\xFF"),
        Of(Made, "HTTP/1.1 204 No Content\r\n\r\n"),
        Of(Made, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Of(Made, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{"),
        Of(Made, $"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{new string('x', 1_000_000)}"),
        Of(Made, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Of(Made, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
        Of(Refused, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        Of(Refused, "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 503 Away\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 302 Found\r\nLocation: /made\r\nContent-Length: 0\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 307 Again\r\nLocation: /api/commander/v1/command/make\r\nContent-Length: 0\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
        Of(Unknown, "HTTP/1.1 200 OK\r\nContent-Le"),
        Of(Unknown, $"HTTP/1.1 200 OK\r\nX: {new string('x', 100_000)}\r\n\r\n"),
        Of(Unknown, "coffee is ready\r\n\r\n"),
        Of(Unknown, "\0\0\0\0\r\n\r\n"),
        Of(Unknown, ""),
    ];

    private static (ProviderReply Reply, string[] Ends) Of(string[] ends, string text) => (
        new("command", Encoding.Latin1.GetBytes(text), 0, Body: null) { After = AfterReply.Closes },
        ends);
}
