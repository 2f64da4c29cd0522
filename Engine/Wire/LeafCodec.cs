using System.Runtime.CompilerServices;

namespace CoffeePayment.Engine.Wire;

/// <summary>Encodes values that hold no others.</summary>
internal sealed class LeafCodec<T> : Codec<T>
    where T : struct
{
    private readonly Action<WireWriter, T> _write;
    private readonly Func<WireReader, T> _read;

    public LeafCodec(WireKind kind, Action<WireWriter, T> write, Func<WireReader, T> read)
    {
        Kind = kind;
        (_write, _read) = (write, read);
    }

    public override void Write(WireWriter writer, T value) => _write(writer, value);

    public override T Read(WireReader reader) => _read(reader);
}

/// <summary>Encodes objects that never change and hold no others; whether one is met twice does not matter.</summary>
internal sealed class LeafObjectCodec<T>(Action<WireWriter, T> write, Func<WireReader, T> read) : Codec<T>
    where T : class
{
    public override void Write(WireWriter writer, T value)
    {
        writer.WriteByte(value is null ? ValueMark.Null : ValueMark.Plain);
        if (value is not null) write(writer, value);
    }

    public override T Read(WireReader reader) => reader.ReadByte() switch
    {
        ValueMark.Null => null!,
        ValueMark.Plain => read(reader),
        _ => throw new WireFormatException($"No {typeof(T)} begins so (before byte {reader.Position})."),
    };
}

/// <summary>Texts as UTF-8.</summary>
internal sealed class StringCodec : Codec<string>
{
    public StringCodec() => Kind = WireKind.Bytes;

    public override void Write(WireWriter writer, string value) => writer.WriteString(value);

    public override string Read(WireReader reader) => reader.ReadString()!;
}

/// <summary>Enumerations as their numbers: a value which the reader has no name for stays what it is.</summary>
internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    private static readonly int Size = Unsafe.SizeOf<T>();

    public EnumCodec() => Kind = WireKind.Varint;

    public override void Write(WireWriter writer, T value) => writer.WriteSigned(Size switch
    {
        1 => Unsafe.BitCast<T, sbyte>(value),
        2 => Unsafe.BitCast<T, short>(value),
        4 => Unsafe.BitCast<T, int>(value),
        _ => Unsafe.BitCast<T, long>(value),
    });

    public override T Read(WireReader reader)
    {
        var value = reader.ReadSigned();
        return Size switch
        {
            1 => Unsafe.BitCast<sbyte, T>(checked((sbyte)value)),
            2 => Unsafe.BitCast<short, T>(checked((short)value)),
            4 => Unsafe.BitCast<int, T>(checked((int)value)),
            _ => Unsafe.BitCast<long, T>(value),
        };
    }
}

/// <summary>Values that may be absent.</summary>
internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private readonly Codec<T> _value = Get<T>();

    public override void Write(WireWriter writer, T? value)
    {
        writer.WriteByte(value is null ? ValueMark.Null : ValueMark.Plain);
        if (value is not null) _value.Write(writer, value.Value);
    }

    public override T? Read(WireReader reader) => reader.ReadByte() switch
    {
        ValueMark.Null => null,
        ValueMark.Plain => _value.Read(reader),
        _ => throw new WireFormatException($"No {typeof(T?)} begins so (before byte {reader.Position})."),
    };

    public override void WriteMember(WireWriter writer, uint id, T? value)
    {
        if (value is null) writer.WriteTag(id, WireKind.Null);
        else _value.WriteMember(writer, id, value.Value);
    }

    public override T? ReadMember(WireReader reader, WireKind kind) =>
        kind == WireKind.Null ? null : _value.ReadMember(reader, kind);
}
