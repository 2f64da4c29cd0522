using System.Text;
using CoffeePayment.Tests.Inputs.Documents;
using CoffeePayment.Tests.Inputs.Wire;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Messages whose ends are not where they say, connections that break, and what is no HTTP at all.</summary>
internal static class FramingRequests
{
    private static readonly string[] Chunks =
    [
        "zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", "\r\n\r\n",
        "FFFFFFFFFFFFFFFF\r\n{}", "7FFFFFFFFFFFFFFF\r\n{}", "80000000\r\n{}", "2;ext=\"\0\"\r\n{}\r\n0\r\n\r\n",
        "2 \r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}\r\n0\r\nX: y\r\n\r\n", "0\r\n\r\n",
        "2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n", "00000000000000002\r\n{}\r\n0\r\n\r\n",
    ];

    // A server waits for the rest of these.
    private static readonly string[] OpenChunks =
        ["", "5", "5\r\n", "5\r\n{\"id\"", "2\r\n{}\r\n", "2\r\n{}\r\n0\r\n", "7FFFFFFF\r\n{}"];

    private static readonly string[] NoHttp =
    [
        "coffee please\r\n\r\n", "\r\n\r\n\r\n", "\0\0\0\0\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "GET /v1/stats HTTP/1.1", "GET /v1/stats HTTP/1.1\r\nHost: x", "GET /v1/stats HTTP/1.1\nHost: x\n\n",
        "GET v1/stats HTTP/1.1\r\nHost: x\r\n\r\n", "GET http://other/v1/stats HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
        "G\0T / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET /\x80 HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/01.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "GET /\tHTTP/1.1\r\n\r\n",
    ];

    public static IEnumerable<InputRequest> Make(RequestMaker maker) => new[]
    {
        maker.WithBody.SelectMany(operation => Chunked(maker, operation)),
        maker.WithBody.SelectMany(operation => Lengths(maker, operation)),
        maker.WithBody.Select(operation => Stalled(maker, operation)),
        maker.Operations.SelectMany(operation => BrokenOff(maker, operation)),
        NoHttp.Select(text => NoRequest(text, 400)), Versions(),
    }.SelectMany(requests => requests);

    private static IEnumerable<InputRequest> Chunked(RequestMaker maker, ApiOperation operation)
    {
        foreach (var size in new[] { 1, 7, 4096 })
        {
            var chunks = RequestText.Chunked(RequestMaker.Bytes(maker.BodyOf(operation)), size);
            var request = RequestMaker.Request(
                "in chunks", operation, maker.TargetOf(operation), chunks, "Transfer-Encoding: chunked");
            yield return request with { Statuses = RequestMaker.SuccessOf(operation) };
        }

        foreach (var chunks in Chunks.Concat(OpenChunks))
        {
            var request = RequestMaker.Request(
                "broken chunks",
                operation,
                maker.TargetOf(operation),
                Encoding.Latin1.GetBytes(chunks),
                "Transfer-Encoding: chunked");
            yield return request with
            {
                IsBrokenHttp = true,
                After = OpenChunks.Contains(chunks) ? AfterSending.EndsAndReads : AfterSending.Reads,
            };
        }

        var both = maker.Valid(operation, "Transfer-Encoding: chunked", "Content-Length: 5");
        yield return both with
        {
            Kind = "chunks and a length",
            Statuses = null,
            IsBrokenHttp = true,
            After = AfterSending.EndsAndReads,
        };
    }

    private static IEnumerable<InputRequest> Lengths(RequestMaker maker, ApiOperation operation)
    {
        foreach (var difference in new[] { -1000, -20, -1, 1, 20, 1000, 100_000, int.MaxValue })
        {
            var body = RequestMaker.Bytes(maker.BodyOf(operation));
            var length = Math.Max(0, (long)body.Length + difference);
            var request = RequestMaker.Request(
                "wrong length", operation, maker.TargetOf(operation), body, $"Content-Length: {length}");
            yield return request with
            {
                Statuses = length > 65_536 ? [413, 400, 408] : [400],
                IsBrokenHttp = difference > 0,
                After = difference > 0 ? AfterSending.EndsAndReads : AfterSending.Reads,
            };
        }
    }

    /// <summary>The rest of the body never comes, and the connection stays open.</summary>
    private static InputRequest Stalled(RequestMaker maker, ApiOperation operation)
    {
        var request = RequestMaker.Request(
            "stalled body", operation, maker.TargetOf(operation), "{\"id\":"u8.ToArray(), "Content-Length: 500");
        return request with { Statuses = [408] };
    }

    /// <summary>The client goes away at the first of the answer, or before it has sent all.</summary>
    private static IEnumerable<InputRequest> BrokenOff(RequestMaker maker, ApiOperation operation)
    {
        for (var i = 0; i < 8; i++)
        {
            yield return maker.Valid(operation) with { Kind = "broken off", After = AfterSending.BreaksOff };

            var cut = maker.Valid(operation);
            var sent = cut.Bytes[..maker.Random.Next(1, cut.Bytes.Length)];
            yield return cut with
            {
                Kind = "cut short",
                Bytes = sent,
                Statuses = [400, 408],
                IsBrokenHttp = true,
                After = AfterSending.EndsAndReads,
            };
        }
    }

    // Which versions there are is the server's to say, with the one 5xx that is the client's fault.
    private static IEnumerable<InputRequest> Versions() =>
        new[] { "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "HTTP/0.9", "FTP/1.1" }
            .Select(version => NoRequest($"GET / {version}\r\nHost: x\r\n\r\n", 400, 505));

    private static InputRequest NoRequest(string text, params int[] statuses) =>
        new("no HTTP", Operation: null, Encoding.Latin1.GetBytes(text))
        {
            Statuses = [.. statuses, 401, 404, 405],
            IsBrokenHttp = true,
            After = AfterSending.EndsAndReads,
        };
}
