using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>The first byte of an object.</summary>
internal static class ValueMark
{
    public const byte Null = 0;

    /// <summary>An earlier object of the declared type: where it is.</summary>
    public const byte Known = 1;

    /// <summary>An object of the declared type: what it holds.</summary>
    public const byte Plain = 2;

    /// <summary>An object of another type: its type, and what it holds.</summary>
    public const byte Typed = 3;

    /// <summary>An earlier object of another type: its type, and where it is.</summary>
    public const byte KnownTyped = 4;
}

/// <summary>Encodes objects, which can be null, of a derived type, and met before.</summary>
internal abstract class ReferenceCodec<T> : Codec<T>
{
    public sealed override void Write(WireWriter writer, T value)
    {
        if (value is null)
        {
            writer.WriteByte(ValueMark.Null);
            return;
        }

        var type = value.GetType();
        if (type != typeof(T)) type = TypeNames.WireType(type);
        var isPlain = type == typeof(T);
        var codec = isPlain ? this : Get(type);
        if (codec.KeepsIdentity && writer.TryGetOrDefine(value, out var offset))
        {
            writer.WriteByte(isPlain ? ValueMark.Known : ValueMark.KnownTyped);
            if (!isPlain) writer.WriteType(type);
            writer.WriteUnsigned((ulong)offset);
            return;
        }

        writer.WriteByte(isPlain ? ValueMark.Plain : ValueMark.Typed);
        if (!isPlain) writer.WriteType(type);
        writer.Enter();
        if (isPlain) WriteNew(writer, value);
        else codec.WriteObject(writer, value);
        writer.Leave();
    }

    public sealed override T Read(WireReader reader)
    {
        var offset = reader.Position;
        var mark = reader.ReadByte();
        return mark switch
        {
            ValueMark.Null => default!,
            ValueMark.Known => As(reader.ReadKnown(this)),
            ValueMark.Plain => ReadPlain(reader, offset),
            ValueMark.Typed => ReadTyped(reader, offset),
            ValueMark.KnownTyped => As(reader.ReadKnown(CodecOf(reader.ReadType()))),
            _ => throw new WireFormatException($"No object begins with {mark} (at byte {offset})."),
        };
    }

    public sealed override void WriteMember(WireWriter writer, uint id, T value)
    {
        if (value is null) writer.WriteTag(id, WireKind.Null);
        else base.WriteMember(writer, id, value);
    }

    public sealed override void WriteObject(WireWriter writer, object value) => WriteNew(writer, (T)value);

    public sealed override object? ReadObject(WireReader reader, int offset) => ReadNew(reader, offset);

    protected abstract void WriteNew(WireWriter writer, T value);

    protected abstract T ReadNew(WireReader reader, int offset);

    private static T As(object? value) => value is T known
        ? known
        : throw new WireFormatException($"A {value?.GetType()} is no {typeof(T)}.");

    private static Codec CodecOf(Type type) => type.IsAssignableTo(typeof(T))
        ? Get(type)
        : throw new WireFormatException($"A {type} is no {typeof(T)}.");

    private static T ReadTyped(WireReader reader, int offset)
    {
        var codec = CodecOf(reader.ReadType());
        reader.Enter();
        var value = As(codec.ReadObject(reader, offset));
        reader.Leave();
        return value;
    }

    private T ReadPlain(WireReader reader, int offset)
    {
        reader.Enter();
        var value = ReadNew(reader, offset);
        reader.Leave();
        return value;
    }
}

/// <summary>Encodes by what the value is, where its declaration says nothing.</summary>
internal sealed class DynamicCodec<T> : ReferenceCodec<T>
{
    public DynamicCodec() => KeepsIdentity = true;

    protected override void WriteNew(WireWriter writer, T value)
    {
        if (typeof(T) != typeof(object))
            throw new CodecNotFoundException($"A {value!.GetType()} cannot cross grain calls as {typeof(T)}.");
    }

    protected override T ReadNew(WireReader reader, int offset)
    {
        if (typeof(T) != typeof(object)) throw new WireFormatException($"No value is just {typeof(T)}.");
        var value = new object();
        reader.Define(offset, value);
        return (T)value;
    }
}
