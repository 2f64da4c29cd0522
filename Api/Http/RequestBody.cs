using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CoffeePayment.Api.Contracts;
using Microsoft.Net.Http.Headers;

namespace CoffeePayment.Api.Http;

/// <summary>A request's body: a JSON object, or what is wrong with it.</summary>
/// <remarks>
/// Read by hand rather than bound: binding stops at the first fault and cannot say which field it was in, and its cost
/// shows at a thousand registrations a second.
/// </remarks>
internal readonly struct RequestBody : IDisposable
{
    /// <summary>The longest body, in bytes.</summary>
    public const int BytesMax = 64 * 1024;

    private readonly JsonDocument? _document;

    private RequestBody(JsonDocument document) => _document = document;

    private RequestBody(Problem problem) => Problem = problem;

    /// <summary>What is wrong with the body; null if it is an object.</summary>
    public Problem? Problem { get; }

    /// <summary>The object; only if there is no problem.</summary>
    public JsonElement Object => _document!.RootElement;

    /// <summary>Reads the body if its content type says JSON.</summary>
    public static ValueTask<RequestBody> ReadAsync(HttpContext context) =>
        IsJson(context.Request.ContentType) ? ReadAnyTypeAsync(context) : new(new RequestBody(Problems.NotJson));

    /// <summary>Reads the body whatever its content type: providers are not to be argued with.</summary>
    public static async ValueTask<RequestBody> ReadAnyTypeAsync(HttpContext context)
    {
        if (context.Request.ContentLength > BytesMax) return new RequestBody(Problems.TooLarge);

        var reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(context.RequestAborted);
            }
            catch (IOException exception) when (exception is not BadHttpRequestException)
            {
                // Such as a chunk with a size beyond all numbers: the client's fault, and no outage.
                return new RequestBody(Problems.Malformed("The body ended early or breaks the rules of HTTP."));
            }

            var buffer = read.Buffer;
            if (buffer.Length > BytesMax)
            {
                reader.AdvanceTo(buffer.End);
                return new RequestBody(Problems.TooLarge);
            }

            if (read.IsCompleted)
            {
                var body = Parse(buffer);
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public void Dispose() => _document?.Dispose();

    private static bool IsJson(string? contentType)
    {
        if (contentType is Responses.Json) return true;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;

        var isJson = type.MediaType.Equals(Responses.Json, StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return isJson
            && (charset.Length == 0 || charset.Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase));
    }

    private static RequestBody Parse(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsEmpty) return new RequestBody(Problems.Malformed("The body is empty."));

        // The document reads from the array for as long as it lives, and the buffer goes back to the pipe before that.
        var bytes = buffer.ToArray();
        var preamble = Encoding.UTF8.Preamble;
        var text = bytes.AsMemory(bytes.AsSpan().StartsWith(preamble) ? preamble.Length : 0);
        if (!Utf8.IsValid(text.Span)) return new RequestBody(Problems.Malformed("The body is not UTF-8."));

        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new RequestBody(document);

            document.Dispose();
            return new RequestBody(Problems.Malformed("The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            var line = (exception.LineNumber ?? 0) + 1;
            var position = (exception.BytePositionInLine ?? 0) + 1;
            return new RequestBody(Problems.Malformed($"The body is not JSON: line {line}, byte {position}."));
        }
    }
}
