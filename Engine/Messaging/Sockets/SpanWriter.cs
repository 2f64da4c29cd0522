using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>Writes numbers and addresses in few bytes; the span must be long enough.</summary>
internal ref struct SpanWriter(Span<byte> span)
{
    /// <summary>The most that <see cref="Number"/> takes.</summary>
    public const int NumberBytesMax = 10;

    /// <summary>The most that <see cref="Address"/> takes.</summary>
    public const int AddressBytesMax = 1 + 16 + 5 + 5;

    private readonly Span<byte> _span = span;

    public int Position { get; private set; }

    public void Byte(byte value) => _span[Position++] = value;

    /// <summary>Seven bits a byte, the low ones first.</summary>
    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _span[Position++] = (byte)(value | 0x80);
        _span[Position++] = (byte)value;
    }

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_span[Position..], value);
        Position += sizeof(uint);
    }

    /// <summary>Bytes with their number before them.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((uint)value.Length);
        value.CopyTo(_span[Position..]);
        Position += value.Length;
    }

    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public void Address(SiloAddress value)
    {
        var lengthAt = Position++;
        value.Endpoint.Address.TryWriteBytes(_span[Position..], out var length);
        _span[lengthAt] = (byte)length;
        Position += length;
        Number((uint)value.Endpoint.Port);
        Number((uint)value.Generation);
    }
}
