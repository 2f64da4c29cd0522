using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// Encodes one message into a buffer which the thread keeps for the next one. It knows where in the message each object
/// is, so that one met twice is written once, and cycles end.
/// </summary>
internal sealed class WireWriter
{
    /// <summary>Deeper values would risk the stack of whoever reads them.</summary>
    public const int MaxDepth = 256;

    private const int KeptBytes = 64 * 1024;
    private const int KeptEntries = 1024;

    [ThreadStatic]
    private static WireWriter? _free;

    private readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, int> _types = [];
    private byte[] _buffer = new byte[1024];
    private int _depth;

    public int Position { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Position);

    public static WireWriter Rent()
    {
        var writer = _free ?? new WireWriter();
        _free = null;
        return writer;
    }

    public void Return()
    {
        if (_buffer.Length > KeptBytes || _objects.Count > KeptEntries) return;
        _objects.Clear();
        _types.Clear();
        (Position, _depth) = (0, 0);
        _free = this;
    }

    public byte[] ToArray() => Written.ToArray();

    public void WriteByte(byte value)
    {
        if (Position == _buffer.Length) Grow(1);
        _buffer[Position++] = value;
    }

    public void WriteUnsigned(ulong value)
    {
        var bytes = Free(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7) bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        Position += length;
    }

    /// <summary>Numbers near zero, whatever their sign, are short.</summary>
    public void WriteSigned(long value) => WriteUnsigned((ulong)((value << 1) ^ (value >> 63)));

    public void WriteFixed32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void WriteFixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void WriteFixed128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteUnsigned((ulong)value.Length + 1);
        value.CopyTo(Take(value.Length));
    }

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        // A length that fits one byte is most often known only after the text is written.
        if (value.Length * 3 < 0x7F)
        {
            var bytes = Free(1 + (value.Length * 3));
            var length = Encoding.UTF8.GetBytes(value, bytes[1..]);
            bytes[0] = (byte)(length + 1);
            Position += length + 1;
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        WriteUnsigned((ulong)count + 1);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    public void WriteTag(uint number, WireKind kind) => WriteUnsigned(((ulong)number << 3) | (byte)kind);

    /// <summary>Leaves room for the length of what follows, up to <see cref="EndSized"/>.</summary>
    public int BeginSized()
    {
        Take(sizeof(int));
        return Position;
    }

    public void EndSized(int start) => BinaryPrimitives.WriteInt32LittleEndian(
        _buffer.AsSpan(start - sizeof(int)), Position - start);

    /// <summary>Room for that many bytes, to be filled at once.</summary>
    public Span<byte> Take(int count)
    {
        var bytes = Free(count)[..count];
        Position += count;
        return bytes;
    }

    /// <summary>Where the object is in the message, if it is; otherwise it is from here on.</summary>
    public bool TryGetOrDefine(object value, out int offset)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_objects, value, out var isKnown);
        if (!isKnown) place = Position;
        offset = place;
        return isKnown;
    }

    /// <summary>Writes the type's name, or where it already is.</summary>
    public void WriteType(Type type)
    {
        if (_types.TryGetValue(type, out var offset))
        {
            WriteUnsigned((ulong)offset + 1);
            return;
        }

        WriteByte(0);
        _types.Add(type, Position);
        WriteString(TypeNames.Of(type));
    }

    public void Enter()
    {
        if (++_depth > MaxDepth)
            throw new CodecNotFoundException($"A value cannot cross a grain call that is nested {MaxDepth} deep.");
    }

    public void Leave() => _depth--;

    private Span<byte> Free(int count)
    {
        if (_buffer.Length - Position < count) Grow(count);
        return _buffer.AsSpan(Position);
    }

    private void Grow(int count)
    {
        var wanted = Math.Max(2L * _buffer.Length, (long)Position + count);
        Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, wanted));
    }
}
