using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace CoffeePayment.Silo.Storage;

/// <summary>
/// Grain state as plain JSON, the same in SQLite and in Redis, times as they are. No type names, so that classes may be
/// renamed.
/// </summary>
/// <param name="types">What can be stored, and how it is written.</param>
public sealed class JsonGrainStateSerializer(JsonSerializerContext types) : IGrainStorageSerializer
{
    // Nobody puts this into a page, and Cyrillic as it is takes a third of the space that it takes escaped.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes a state as UTF-8.</summary>
    /// <exception cref="NotSupportedException">The context does not have the type.</exception>
    public byte[] Serialize<T>(T state)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>();
        var writer = _writer ??= new Utf8JsonWriter(buffer, Plain);
        buffer.ResetWrittenCount();
        writer.Reset();
        JsonSerializer.Serialize(writer, state, TypeInfo<T>());
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Serialize"/> has written.</summary>
    /// <exception cref="JsonException">It is not JSON, or not such a state.</exception>
    public T Deserialize<T>(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, TypeInfo<T>())
        ?? throw new JsonException("The stored state is null.");

    BinaryData IGrainStorageSerializer.Serialize<T>(T? input)
        where T : default => new(Serialize(input));

    T IGrainStorageSerializer.Deserialize<T>(BinaryData input) => Deserialize<T>(input.ToMemory().Span);

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>?)types.GetTypeInfo(typeof(T))
        ?? throw new NotSupportedException($"{typeof(T)} is not in {types.GetType().Name}.");
}
