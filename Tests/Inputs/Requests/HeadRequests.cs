using System.IO.Compression;
using CoffeePayment.Tests.Inputs.Documents;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Headers that are not what they should be.</summary>
internal static class HeadRequests
{
    private static readonly string[] NotJson =
    [
        "", "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
        "application/json; charset=utf-16", "application/json; charset=latin1", "application/json; charset=\"",
        "json", "application", "*/*", "application/jsonx", "a/b; c", "application/json, text/plain", ";", "\"", "é",
    ];

    private static readonly string[] Json =
    [
        "application/json; charset=utf-8", "APPLICATION/JSON", "application/problem+json", "application/json ; a=b",
        "application/json; charset=\"UTF-8\"", "application/json;",
    ];

    private static readonly string[] NoKeys =
    [
        "", "Bearer", "Bearer ", "Basic c2FuZGJveDpzYW5kYm94", "Bearer wrong", $"Bearer {RequestText.Key}x",
        $"Bearer {RequestText.Key},", $"Bearer {RequestText.Key} {RequestText.Key}", $"bearer\t{RequestText.Key}",
        RequestText.Key, "Bearer ключ", "Bearer " + new string('k', 20_000), $"Digest {RequestText.Key}",
    ];

    private static readonly string[] Harmless =
    [
        "Accept: text/html", "Accept: ;;;", "Accept-Language: *;q=2", "Accept-Encoding: gzip, br", "Range: bytes=0-",
        "If-Match: *", "If-None-Match: \"a\"", "If-Modified-Since: yesterday", "Upgrade: websocket", "Upgrade: h2c",
        "Cookie: a=b; ;=;", "X-Forwarded-For: 127.0.0.1, ::1, x", "X-Forwarded-Proto: gopher",
        "X-HTTP-Method-Override: PUT",
        "Last-Event-ID: 999999999999999999999", "Last-Event-ID: -1", "Last-Event-ID: ☕", "traceparent: 00-x-y-zz",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "baggage: =,=,;",
        "Expect: 100-continue",
        "Content-Encoding: identity", "Origin: null", "Max-Forwards: -1", "Trailer: Content-Length",
        "X: " + new string('x', 8000),
    ];

    private static readonly string[] Broken =
    [
        "NoColon", ": no name", "Space : before", "X: a\0b", "X: \x80\xFF", "X: a\rb", "X: a\nY: b", " folded: x",
        "X: " + new string('x', 40_000), new string('n', 40_000) + ": x", "Host: a b", "Host: a\r\nHost: b", "Host:  ",
        "Host: [", "Host: localhost:99999", "Content-Length: -1", "Content-Length: 1e2", "Content-Length: 0x10",
        "Content-Length: 99999999999999999999", "Content-Length: 5, 5", "Content-Length: 5\r\nContent-Length: 6",
        "Expect: 200-maybe", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Connection: \0", "Accept-Charset: \x01",
        string.Join("\r\n", Enumerable.Range(0, 200).Select(i => $"X-{i}: x")),
    ];

    public static IEnumerable<InputRequest> Make(RequestMaker maker) => new[]
    {
        maker.WithBody.SelectMany(operation => ContentTypes(maker, operation)),
        maker.WithBody.SelectMany(operation => Compressed(maker, operation)),
        maker.Operations.SelectMany(operation => Keys(maker, operation)),
        from operation in maker.Operations from header in Harmless select maker.Valid(operation, header),
        from operation in maker.Operations from header in Broken select BrokenBy(maker, operation, header),
    }.SelectMany(requests => requests);

    private static IEnumerable<InputRequest> ContentTypes(RequestMaker maker, ApiOperation operation)
    {
        foreach (var type in Json) yield return maker.Valid(operation, $"Content-Type: {type}");
        foreach (var type in NotJson)
        {
            var request = maker.Valid(operation, $"Content-Type:{(type.Length > 0 ? " " : "")}{type}");
            var statuses = operation.Answers.ContainsKey(415) ? [415] : request.Statuses;
            yield return request with { Kind = "no JSON by its type", Statuses = statuses, IsBrokenHttp = type == "é" };
        }
    }

    private static IEnumerable<InputRequest> Compressed(RequestMaker maker, ApiOperation operation)
    {
        foreach (var coding in new[] { "gzip", "br", "deflate", "gzip, gzip", "x" })
        {
            var header = $"Content-Encoding: {coding}";
            yield return maker.WithThisBody("compressed", operation, Gzip(maker, operation), header);
            yield return maker.WithThisBody(
                "said to be compressed", operation, RequestMaker.Bytes(maker.BodyOf(operation)), header);
        }
    }

    private static IEnumerable<InputRequest> Keys(RequestMaker maker, ApiOperation operation) => NoKeys.Select(key =>
    {
        var request = maker.Valid(operation, $"Authorization:{(key.Length > 0 ? " " : "")}{key}");
        var statuses = operation.NeedsKey ? [401, 429] : request.Statuses;
        return request with { Kind = "no key", Statuses = statuses, IsBrokenHttp = !System.Text.Ascii.IsValid(key) };
    });

    private static InputRequest BrokenBy(RequestMaker maker, ApiOperation operation, string header) =>
        maker.Valid(operation, header) with { Kind = "broken head", Statuses = null, IsBrokenHttp = true };

    private static byte[] Gzip(RequestMaker maker, ApiOperation operation)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(RequestMaker.Bytes(maker.BodyOf(operation)));
        return compressed.ToArray();
    }
}
