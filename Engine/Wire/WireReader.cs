using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CoffeePayment.Engine.Calls;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// Decodes one message. It trusts nothing in it: no length beyond what is left, no depth, no number of elements.
/// </summary>
internal sealed class WireReader
{
    private const int KeptEntries = 1024;

    [ThreadStatic]
    private static WireReader? _free;

    private readonly ObjectsByOffset _objects = new();
    private readonly List<(int Start, int End)> _skipped = [];
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _position;
    private int _depth;
    private long _elementsLeft;
    private long _bytesToReturnTo;

    /// <summary>Where in the message the next byte is.</summary>
    public int Position => _position - _start;

    public int Left => _end - _position;

    /// <summary>What references to grains are bound to; null where there can be none.</summary>
    public GrainFactory? GrainFactory { get; private set; }

    public static WireReader Rent(ReadOnlyMemory<byte> message, GrainFactory? grainFactory)
    {
        var reader = _free ?? new WireReader();
        _free = null;
        if (!MemoryMarshal.TryGetArray(message, out var array)) array = message.ToArray();
        (reader._buffer, reader._start) = (array.Array ?? [], array.Offset);
        (reader._position, reader._end) = (array.Offset, array.Offset + array.Count);

        // Every element takes a byte at least. An object may be read twice, where its first place was skipped.
        (reader._elementsLeft, reader._bytesToReturnTo) = (2L * array.Count, array.Count);
        reader.GrainFactory = grainFactory;
        return reader;
    }

    public void Return()
    {
        if (_objects.Count > KeptEntries || _skipped.Count > KeptEntries) return;
        _objects.Clear();
        _skipped.Clear();
        (_buffer, _depth, GrainFactory) = ([], 0, null);
        _free = this;
    }

    public byte ReadByte() => _position < _end ? _buffer[_position++] : throw CutOff();

    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var one = ReadByte();
            if (shift == 63 && one > 1) break;
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }

        throw new WireFormatException($"The number before byte {Position} does not fit 64 bits.");
    }

    public long ReadSigned()
    {
        var value = ReadUnsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public UInt128 ReadFixed128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    /// <summary>Valid until the message is; <paramref name="isNull"/> tells nothing from emptiness.</summary>
    public ReadOnlySpan<byte> ReadBytes(out bool isNull)
    {
        var length = ReadUnsigned();
        isNull = length == 0;
        if (isNull) return [];
        return length - 1 <= (ulong)Left ? Take((int)(length - 1)) : throw CutOff();
    }

    public string? ReadString()
    {
        var bytes = ReadBytes(out var isNull);
        return isNull ? null : Encoding.UTF8.GetString(bytes);
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw CutOff();
        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    /// <summary>How many elements follow: never more than there can be in what is left.</summary>
    public int ReadCount()
    {
        var count = ReadUnsigned();
        if (count > (ulong)Left || (_elementsLeft -= (long)count) < 0)
            throw new WireFormatException($"{count} elements cannot be in the {Left} bytes from byte {Position} on.");
        return (int)count;
    }

    /// <summary>Confines the reader to what is sized here; <see cref="EndSized"/> takes what this gives.</summary>
    public int BeginSized()
    {
        var length = ReadFixed32();
        if (length > (uint)Left) throw CutOff();
        var outer = _end;
        _end = _position + (int)length;
        return outer;
    }

    public void EndSized(int outer)
    {
        if (Left != 0) throw new WireFormatException($"{Left} bytes are left over from byte {Position} on.");
        _end = outer;
    }

    /// <summary>Goes on to the next member.</summary>
    /// <returns>Its id below its section, or less than 0: there is none.</returns>
    public long NextMember(ref int section, ref WireKind kind)
    {
        while (true)
        {
            var tag = ReadUnsigned();
            kind = (WireKind)(tag & 7);
            var number = tag >> 3;
            if (kind != WireKind.Section)
            {
                if (number > uint.MaxValue) throw new WireFormatException($"{number} is no id of a member.");
                return MemberKey.Of(section, (uint)number);
            }

            if (number == 0) return -1;
            if (number <= (ulong)section || number > MemberKey.MaxSection)
                throw new WireFormatException($"Section {number} cannot follow {section} before byte {Position}.");
            section = (int)number;
        }
    }

    /// <summary>Steps over a member nobody knows here. An object may be in it to which known ones refer.</summary>
    public void Skip(WireKind kind)
    {
        switch (kind)
        {
            case WireKind.Varint:
                ReadUnsigned();
                break;
            case WireKind.Fixed32:
                Take(sizeof(uint));
                break;
            case WireKind.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireKind.Fixed128:
                Take(16);
                break;
            case WireKind.Bytes:
                ReadBytes(out _);
                break;
            case WireKind.Sized:
                var length = ReadFixed32();
                if (length > (uint)Left) throw CutOff();
                _skipped.Add((Position, Position + (int)length));
                _position += (int)length;
                break;
        }
    }

    public void Define(int offset, object value) => _objects.Add(offset, value);

    /// <summary>Reads where an object is, and gives it.</summary>
    public object ReadKnown(Codec codec)
    {
        var at = ReadUnsigned();
        if (at < (ulong)Position)
        {
            if (_objects.Find((int)at) is { } known) return known;
            var range = _skipped.Find(range => (int)at >= range.Start && (int)at < range.End);
            if (range.End > 0) return ReadSkipped((int)at, range.End, codec);
        }

        throw new WireFormatException($"There is no object at byte {at}, but one before byte {Position} refers to it.");
    }

    public Type ReadType()
    {
        var token = ReadUnsigned();
        if (token == 0) return TypeNames.Find(ReadName());
        if (token > (ulong)Position) throw new WireFormatException($"There is no type at byte {token - 1}.");
        var back = _position;
        _position = _start + (int)(token - 1);
        var type = TypeNames.Find(ReadName());
        _position = back;
        return type;
    }

    public void Enter()
    {
        if (++_depth > WireWriter.MaxDepth)
            throw new WireFormatException($"A value is nested more than {WireWriter.MaxDepth} deep.");
    }

    public void Leave() => _depth--;

    private object ReadSkipped(int offset, int skippedEnd, Codec codec)
    {
        var (back, end) = (_position, _end);
        (_position, _end) = (_start + offset, _start + skippedEnd);
        var mark = ReadByte();
        if (mark == ValueMark.Typed) codec = Codec.Get(ReadType());
        else if (mark != ValueMark.Plain) throw new WireFormatException($"There is no object at byte {offset}.");
        var value = codec.ReadObject(this, offset);
        if ((_bytesToReturnTo -= Position - offset) < 0)
            throw new WireFormatException("Objects are referred to which overlap.");
        (_position, _end) = (back, end);
        return value!;
    }

    /// <summary>Reads the name of a type.</summary>
    public string ReadName()
    {
        var length = Math.Min(Left, TypeNames.MaxLength + 2);
        var name = ReadBytes(out _);
        return name.Length <= length && name.Length <= TypeNames.MaxLength
            ? Encoding.UTF8.GetString(name)
            : throw new WireFormatException($"The name of a type before byte {Position} is too long.");
    }

    private WireFormatException CutOff() => new($"The message is cut off: more was expected at byte {Position}.");
}
