using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace CoffeePayment.Silo.Storage;

/// <summary>
/// Grain state as plain JSON, the same in SQLite and in Redis: snake case names and enum values, nulls and what can be
/// derived left out, times as they are. No type names, so that classes may be renamed.
/// </summary>
/// <param name="types">What can be stored, by a source-generated context.</param>
public sealed class JsonGrainStateSerializer(IJsonTypeInfoResolver types) : IGrainStorageSerializer
{
    private readonly JsonSerializerOptions _options = new()
    {
        TypeInfoResolver = types,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },

        // Nobody puts this into a page, and Cyrillic as it is takes a third of the space that it takes escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a state as UTF-8.</summary>
    /// <exception cref="NotSupportedException">The context does not have the type.</exception>
    public byte[] Serialize<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, TypeInfo<T>());

    /// <summary>Reads what <see cref="Serialize"/> has written.</summary>
    /// <exception cref="JsonException">It is not JSON, or not such a state.</exception>
    public T Deserialize<T>(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, TypeInfo<T>())
        ?? throw new JsonException("The stored state is null.");

    BinaryData IGrainStorageSerializer.Serialize<T>(T? input)
        where T : default => new(Serialize(input));

    T IGrainStorageSerializer.Deserialize<T>(BinaryData input) => Deserialize<T>(input.ToMemory().Span);

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));
}
