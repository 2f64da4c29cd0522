using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoffeePayment.Tests.Inputs.Documents;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Bodies that are not what they should be: fields, JSON, encodings, sizes.</summary>
internal static class BodyRequests
{
    private const int BodyBytesMax = 64 * 1024;
    private const int Megabyte = 1024 * 1024;

    public static IEnumerable<InputRequest> Make(RequestMaker maker) => maker.WithBody.SelectMany(operation =>
        new[]
        {
            StrangeFields(maker, operation), SeveralStrangeFields(maker, operation), OtherFields(maker, operation),
            CutShort(maker, operation), Mutated(maker, operation), NoObject(maker, operation),
            Encoded(maker, operation), Sized(maker, operation),
        }.SelectMany(requests => requests));

    private static IEnumerable<InputRequest> StrangeFields(RequestMaker maker, ApiOperation operation) =>
        from name in NamesOf(maker, operation)
        from value in StrangeValues.Json
        select maker.WithThisBody(
            $"strange {name}", operation, With(maker.BodyOf(operation), [(name, value)]));

    private static IEnumerable<InputRequest> SeveralStrangeFields(RequestMaker maker, ApiOperation operation)
    {
        var names = NamesOf(maker, operation).ToArray();
        for (var i = 0; i < 120; i++)
        {
            var strange = Enumerable.Range(0, 2 + maker.Random.Next(4)).Select(_ => (
                names[maker.Random.Next(names.Length)],
                StrangeValues.Json[maker.Random.Next(StrangeValues.Json.Count)]));
            var body = With(maker.BodyOf(operation), [.. strange.DistinctBy(field => field.Item1)]);
            yield return maker.WithThisBody("strange fields", operation, body);
        }
    }

    private static IEnumerable<InputRequest> OtherFields(RequestMaker maker, ApiOperation operation)
    {
        foreach (var name in NamesOf(maker, operation))
        {
            var body = maker.BodyOf(operation);
            body.Remove(name);
            yield return maker.WithThisBody($"without {name}", operation, RequestMaker.Bytes(body));

            byte[] twice = [
                .. With(maker.BodyOf(operation), [(name, "1")])[..^1],
                .. Encoding.UTF8.GetBytes($",\"{name}\":1}}"),
            ];
            yield return maker.WithThisBody($"{name} twice", operation, twice);
            yield return maker.WithThisBody(
                $"{name} in capitals", operation, Renamed(maker.BodyOf(operation), name, name.ToUpperInvariant()));
        }

        foreach (var name in new[] { "extra", "", "__proto__", "$type", "\\ud800", "\\u0000", new string('n', 10_000) })
            yield return maker.WithThisBody("another field", operation, With(maker.BodyOf(operation), [(name, "{}")]));
        var many = Enumerable.Range(0, 3000).Select(i => ($"f{i}", "1")).ToArray();
        yield return maker.WithThisBody("3,000 more fields", operation, With(maker.BodyOf(operation), many));
    }

    private static IEnumerable<InputRequest> CutShort(RequestMaker maker, ApiOperation operation)
    {
        for (var i = 0; i < 40; i++)
        {
            var body = RequestMaker.Bytes(maker.BodyOf(operation));
            yield return maker.WithThisBody("JSON cut short", operation, body[..maker.Random.Next(body.Length)]);
        }
    }

    private static IEnumerable<InputRequest> Mutated(RequestMaker maker, ApiOperation operation)
    {
        for (var i = 0; i < 200; i++)
        {
            var body = ByteMutations.Mutate(RequestMaker.Bytes(maker.BodyOf(operation)), maker.Random);
            yield return maker.WithThisBody("bytes changed", operation, body);
        }
    }

    private static IEnumerable<InputRequest> NoObject(RequestMaker maker, ApiOperation operation)
    {
        var body = Encoding.UTF8.GetString(RequestMaker.Bytes(maker.BodyOf(operation)));
        string[] texts =
        [
            "", " ", "\0", "null", "1", "\"text\"", "[]", $"[{body}]", body + body, body + "x", "x" + body, body + "\0",
            $"/* c */{body}", $"{body}// c", body[..^1] + ",}", body.Replace('"', '\''), body.Replace(':', '='),
            new string('[', 10_000), new string('{', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)),
            body[..^1] + ",\"deep\":" + new string('[', 62) + new string(']', 62) + "}", "a=b&c=d",
            "<order/>", "--x\r\n",
        ];
        return texts.Select(text => maker.WithThisBody("no such JSON", operation, Encoding.UTF8.GetBytes(text)));
    }

    private static IEnumerable<InputRequest> Encoded(RequestMaker maker, ApiOperation operation)
    {
        var text = Encoding.UTF8.GetString(With(maker.BodyOf(operation), [("extra", "\"é☕\"")]));
        Encoding[] encodings =
            [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1, Encoding.ASCII];
        foreach (var encoding in encodings)
        {
            yield return maker.WithThisBody(encoding.WebName, operation, encoding.GetBytes(text));
            yield return maker.WithThisBody(
                $"{encoding.WebName} and BOM", operation, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        byte[][] odd =
        [
            [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. utf8], [.. utf8[..^1], .. "\"o\":\""u8, 0xC0, 0xAF, .. "\"}"u8],
            [.. utf8[..^1], .. ",\"s\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
            [.. utf8[..^1], .. ",\"f\":\""u8, 0xF8, 0x88, 0x80, 0x80, 0x80, .. "\"}"u8], [0xFF, .. utf8], [0xC3],
        ];
        foreach (var body in odd) yield return maker.WithThisBody("bad UTF-8", operation, body);
    }

    private static IEnumerable<InputRequest> Sized(RequestMaker maker, ApiOperation operation)
    {
        int[] lengths = [BodyBytesMax - 1, BodyBytesMax, BodyBytesMax + 1, BodyBytesMax * 2, Megabyte, 10 * Megabyte];
        foreach (var length in lengths)
        {
            var body = RequestMaker.Bytes(maker.BodyOf(operation));
            var padded = new byte[length];
            padded.AsSpan().Fill((byte)' ');
            body.CopyTo(padded, 0);
            int[] statuses = length <= BodyBytesMax ? [.. RequestMaker.SuccessOf(operation)] : [413];
            var whole = RequestMaker.Request($"{length} bytes", operation, maker.TargetOf(operation), padded);
            yield return whole with { Statuses = statuses, IsBrokenHttp = length > 2 * BodyBytesMax };
            if (length <= BodyBytesMax) continue;

            var chunks = RequestText.Chunked(padded, 4000);
            var chunked = RequestMaker.Request(
                $"{length} bytes in chunks",
                operation,
                maker.TargetOf(operation),
                chunks,
                "Transfer-Encoding: chunked");
            yield return chunked with { Statuses = statuses, IsBrokenHttp = length >= 2 * BodyBytesMax };
        }
    }

    private static IEnumerable<string> NamesOf(RequestMaker maker, ApiOperation operation) =>
        maker.Document.Schemas.Resolve(operation.Body!.Value).GetProperty("properties").EnumerateObject()
            .Select(property => property.Name);

    private static byte[] Renamed(JsonObject body, string name, string other)
    {
        var value = body[name]?.ToJsonString(JsonSerializerOptions.Web) ?? "null";
        body.Remove(name);
        return With(body, [(other, value)]);
    }

    /// <summary>The body with other values in some fields, which are given as they stand in it.</summary>
    private static byte[] With(JsonObject body, (string Name, string Value)[] fields)
    {
        foreach (var (name, _) in fields) body.Remove(name);
        var text = Encoding.UTF8.GetString(RequestMaker.Bytes(body))[..^1];
        var added = string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Value}"));
        return Encoding.UTF8.GetBytes($"{text}{(text.Length > 1 ? "," : "")}{added}}}");
    }
}
