using System.Collections.Concurrent;
using CoffeePayment.Engine.Calls;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>Turns values into bytes and back: those of the types which may cross grain calls, and no others.</summary>
internal abstract class Codec
{
    private static readonly ConcurrentDictionary<Type, Codec> Codecs = new();

    /// <summary>How the values are laid out as members.</summary>
    public WireKind Kind { get; protected init; } = WireKind.Sized;

    /// <summary>An object met twice in a message is written once.</summary>
    public bool KeepsIdentity { get; protected init; }

    /// <exception cref="CodecNotFoundException">
    /// The type is not known and not marked with [GenerateSerializer].
    /// </exception>
    public static Codec<T> Get<T>() => (Codec<T>)Get(typeof(T));

    /// <inheritdoc cref="Get{T}"/>
    public static Codec Get(Type type) =>
        Codecs.TryGetValue(type, out var codec) ? codec : Codecs.GetOrAdd(type, CodecFactory.Create);

    /// <summary>Writes what the value holds, after its type.</summary>
    public abstract void WriteObject(WireWriter writer, object value);

    /// <summary>Reads what <see cref="WriteObject"/> wrote.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="offset">Where the object begins, for those that refer to it.</param>
    public abstract object? ReadObject(WireReader reader, int offset);
}

/// <summary>Encodes values declared as one type.</summary>
internal abstract class Codec<T> : Codec
{
    /// <exception cref="CodecNotFoundException">Something in the value may not cross grain calls.</exception>
    public byte[] Encode(T value)
    {
        var writer = WireWriter.Rent();
        try
        {
            Write(writer, value);
            return writer.ToArray();
        }
        finally
        {
            writer.Return();
        }
    }

    /// <param name="message">Just one value.</param>
    /// <param name="grainFactory">What references to grains in the value are bound to; null: there can be none.</param>
    /// <exception cref="WireFormatException">It is no value of this type, or of none that may cross calls.</exception>
    public T Decode(ReadOnlyMemory<byte> message, GrainFactory? grainFactory = null)
    {
        var reader = WireReader.Rent(message, grainFactory);
        try
        {
            var value = Read(reader);
            return reader.Left == 0
                ? value
                : throw new WireFormatException($"{reader.Left} bytes follow the value.");
        }
        catch (Exception exception) when (exception is not WireFormatException)
        {
            throw new WireFormatException($"No {typeof(T)} can be made of the message: {exception.Message}", exception);
        }
        finally
        {
            reader.Return();
        }
    }

    public abstract void Write(WireWriter writer, T value);

    public abstract T Read(WireReader reader);

    public virtual void WriteMember(WireWriter writer, uint id, T value)
    {
        writer.WriteTag(id, Kind);
        if (Kind != WireKind.Sized)
        {
            Write(writer, value);
            return;
        }

        var start = writer.BeginSized();
        Write(writer, value);
        writer.EndSized(start);
    }

    public virtual T ReadMember(WireReader reader, WireKind kind)
    {
        if (kind == WireKind.Null && default(T) is null) return default!;
        if (kind != Kind)
            throw new WireFormatException($"A {typeof(T)} is not written as {kind} (before byte {reader.Position}).");
        if (kind != WireKind.Sized) return Read(reader);
        var outer = reader.BeginSized();
        var value = Read(reader);
        reader.EndSized(outer);
        return value;
    }

    public override void WriteObject(WireWriter writer, object value) => Write(writer, (T)value);

    public override object? ReadObject(WireReader reader, int offset) => Read(reader);
}
