using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CoffeePayment.Sandbox.Http;

/// <summary>Writes JSON answers into buffers which each thread keeps, so that an answer allocates nothing.</summary>
internal static class JsonAnswer
{
    private const string MediaType = "application/json; charset=utf-8";

    // Cyrillic descriptions stay readable; the answers are never put into HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>
    /// Answers with what <paramref name="write"/> makes of <paramref name="value"/>; must not be nested.
    /// </summary>
    public static void Send<T>(
        HttpContext context, int status, T value, Action<Utf8JsonWriter, T> write, string mediaType = MediaType)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);

        write(writer, value);
        writer.Flush();

        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.BodyWriter.Write(buffer.WrittenSpan);
    }

    /// <summary>
    /// A writer for answers too long to be held in a buffer; the caller flushes it from time to time.
    /// </summary>
    public static Utf8JsonWriter Stream(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = MediaType;
        return new Utf8JsonWriter(context.Response.BodyWriter, Options);
    }
}
