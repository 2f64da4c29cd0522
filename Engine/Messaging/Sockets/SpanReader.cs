using System.Buffers.Binary;
using System.Net;
using System.Text;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>Reads what <see cref="SpanWriter"/> wrote, or throws <see cref="InvalidDataException"/>.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> span)
{
    private ReadOnlySpan<byte> _rest = span;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty) throw Broken();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Broken();
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ReadOnlySpan<byte> Bytes() => Number() is var length && length <= int.MaxValue
        ? Take((int)length)
        : throw Broken();

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public SiloAddress Address()
    {
        var length = Byte();
        if (length is not 4 and not 16) throw Broken();
        var address = new IPAddress(Take(length));
        var port = Number();
        if (port > IPEndPoint.MaxPort) throw Broken();
        return SiloAddress.New(address, (int)port, unchecked((int)(uint)Number()));
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length) throw Broken();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static InvalidDataException Broken() => new("it does not keep to the protocol");
}
