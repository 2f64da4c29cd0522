using System.Buffers;
using System.Text.Json;

namespace CoffeePayment.Sandbox.Http;

/// <summary>Reads request bodies so that nothing a client may send can throw later on.</summary>
internal static class JsonBody
{
    /// <summary>Bodies beyond this are answered with 413; it is far above what the API needs.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static bool IsJson(HttpRequest request) =>
        request.ContentType is { } type
        && type.AsSpan(0, type.IndexOf(';') is >= 0 and var end ? end : type.Length).Trim()
            .Equals("application/json", StringComparison.OrdinalIgnoreCase);

    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body as JSON; null if it is none, or has text that is no Unicode.</summary>
    public static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            var root = document.RootElement.Clone();
            Decode(root);
            return root;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Invalid UTF-8 and lone surrogates pass the parser and throw only where a string is read; read all of them once.
    /// </summary>
    private static void Decode(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Decode(item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                Decode(property.Value);
            }
        }
    }
}
