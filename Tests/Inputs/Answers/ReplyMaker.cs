using System.IO.Compression;
using System.Text;
using CoffeePayment.Tests.Inputs.Requests;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>Makes replies of a seed: a body, right or strange, in a message that is right or strange.</summary>
internal static class ReplyMaker
{
    private static readonly int[] Statuses =
    [
        201, 202, 203, 206, 226, 299, 300, 301, 302, 304, 307, 308, 400, 402, 408, 410, 418, 429, 451, 499, 500, 502,
        503, 599,
    ];

    // A pause that is really asked for holds up the merchant's other orders for as long; these are none, or tiny.
    private static readonly string[] Headers =
    [
        "Retry-After: soon", "Retry-After: -5", "Retry-After: 1e9", "Retry-After: ",
        "Retry-After: 99999999999999999999",
        "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", "Content-Type: text/html", "Content-Type: ;",
        "Content-Encoding: gzip",
        "Set-Cookie: a=b; Domain=*", "Location: /v3/payments/other", "X: " + new string('x', 30_000),
        "Transfer-Encoding: x",
        "X: " + new string('x', 100_000), "NoColon", "X\0: y", ": z", "X: \xE9\xFF", "Content-Length: 5",
        "Connection: close",
        "Upgrade: h2c\r\nConnection: Upgrade", string.Join("\r\n", Enumerable.Range(0, 500).Select(i => $"X-{i}: y")),
    ];

    public static ProviderReply Make(int seed, string paymentId)
    {
        var random = new Random(seed);
        var bodies = new PaymentBodies(random);
        if (random.Next(10) == 0)
        {
            var right = Encoding.UTF8.GetBytes(bodies.Right(paymentId));
            return new ProviderReply("right", Write(200, right), 200, right) { IsPlain = true };
        }

        if (random.Next(2) == 0)
        {
            var strange = bodies.Strange(paymentId);
            return new ProviderReply("strange body", Write(200, strange), 200, strange);
        }

        return Message(random, Encoding.UTF8.GetBytes(bodies.Right(paymentId)));
    }

    private static ProviderReply Message(Random random, byte[] body)
    {
        var status = Statuses[random.Next(Statuses.Length)];
        var at = random.Next(body.Length);
        var message = Write(200, body);
        var head = message.Length - body.Length;
        return random.Next(20) switch
        {
            0 or 1 => new("another status", Write(status, body), status, body),
            2 => new("no content", Write(random.Next(2) == 0 ? 204 : 205, []), 204, []),
            3 => new("interim answers", [.. Interim(random), .. message], 200, body),
            4 or 5 or 6 => new(
                "strange header", Write(200, body, Headers[random.Next(Headers.Length)]), 200, body)
            { After = AfterReply.Closes },
            7 => new("in chunks", Chunked(body, 1 + random.Next(300)), 200, body),
            8 => new("chunks cut short", Chunked(body, 100)[..^(5 + at)], 200, Body: null)
            { After = AfterReply.Closes },
            9 => new("body cut short", message[..(head + at)], 200, Body: null) { After = AfterReply.Closes },
            10 => new("length too small", Write(200, body, $"Content-Length: {at}"), 200, body[..at]),
            11 => new("head cut short", message[..random.Next(head)], 200, Body: null) { After = AfterReply.Closes },
            12 => new("reset", message[..random.Next(message.Length)], 200, Body: null) { After = AfterReply.Resets },
            13 => new("no length", Write(200, body, "Content-Length:"), 200, body) { After = AfterReply.Closes },
            14 => new("two answers", [.. message, .. message], 200, body),
            15 => new("compressed", Write(200, Gzip(body), "Content-Encoding: gzip"), 200, Body: null),
            16 when random.Next(4) == 0 => new("stalls", message[..at], 200, Body: null) { After = AfterReply.Stalls },
            16 => new("padded", Write(200, Padded(body, 300_000)), 200, body),
            17 when random.Next(8) == 0 => new("10 MiB", Write(200, Padded(body, 10 << 20)), 200, body)
            { After = AfterReply.Closes },
            17 => new("endless chunks", Endless(body), 200, Body: null) { After = AfterReply.Closes },
            18 => new("no HTTP", ByteMutations.Mutate(message, random), 200, body) { After = AfterReply.Closes },
            _ => new("nothing", [], 0, Body: null) { After = AfterReply.Closes },
        };
    }

    public static byte[] Write(int status, byte[] body, string header = "X: y")
    {
        var head = new StringBuilder($"HTTP/1.1 {status} Some\r\n");
        if (!header.StartsWith("Content-Length:", StringComparison.Ordinal))
            head.Append($"Content-Length: {body.Length}\r\n");
        if (header != "Content-Length:") head.Append(header).Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static byte[] Interim(Random random) => Encoding.ASCII.GetBytes(string.Concat(
        Enumerable.Repeat(random.Next(2) == 0 ? "HTTP/1.1 100 Continue\r\n\r\n" : "HTTP/1.1 103 Hints\r\nX: y\r\n\r\n",
        1 + random.Next(3))));

    private static byte[] Chunked(byte[] body, int size) =>
        [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. RequestText.Chunked(body, size)];

    private static byte[] Endless(byte[] body) => Chunked(Padded(body, 400_000), 5000)[..^5];

    private static byte[] Padded(byte[] body, int length)
    {
        var padded = new byte[length];
        padded.AsSpan().Fill((byte)' ');
        body.CopyTo(padded, 0);
        return padded;
    }

    private static byte[] Gzip(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(body);
        return compressed.ToArray();
    }
}
