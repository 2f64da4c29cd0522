using System.Buffers;
using System.Buffers.Binary;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>Reads what <see cref="MessageWriter"/> wrote, from one connection.</summary>
internal sealed class MessageReader(SiloAddress self, SiloAddress peer, int bodyBytesMax)
{
    // Calls mostly go to grains of the same few types: their names need not be made anew for each.
    private GrainType _lastType;

    /// <summary>Whether the other side said that no more messages follow.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes one whole frame off the buffer's start; null when there is none, or none follows.</summary>
    /// <exception cref="InvalidDataException">The input is not what a peer would write.</exception>
    public Message? Next(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < sizeof(uint)) return null;
        Span<byte> prefix = stackalloc byte[MessageWriter.PrefixBytes];
        var known = (int)Math.Min(buffer.Length, prefix.Length);
        buffer.Slice(0, known).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        if (length == 0)
        {
            IsOver = true;
            return null;
        }

        if (length < sizeof(ushort) || length > (uint)bodyBytesMax + MessageWriter.HeaderBytesMax)
            throw new InvalidDataException(
                $"it sends {length} bytes as one message; at most {bodyBytesMax} and a header are taken");
        if (buffer.Length < sizeof(uint) + (long)length) return null;
        var frame = buffer.Slice(MessageWriter.PrefixBytes, length - sizeof(ushort));
        buffer = buffer.Slice(frame.End);
        var headerLength = BinaryPrimitives.ReadUInt16LittleEndian(prefix[sizeof(uint)..]);
        return headerLength <= frame.Length
            ? Read(frame, headerLength)
            : throw new InvalidDataException("it sends a header that is longer than its message");
    }

    private Message Read(ReadOnlySequence<byte> frame, int headerLength)
    {
        var body = frame.Slice(headerLength).ToArray();
        if (frame.FirstSpan.Length >= headerLength) return Read(frame.FirstSpan[..headerLength], body);
        var header = ArrayPool<byte>.Shared.Rent(headerLength);
        try
        {
            frame.Slice(0, headerLength).CopyTo(header);
            return Read(header.AsSpan(0, headerLength), body);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }
    }

    private Message Read(ReadOnlySpan<byte> header, byte[] body)
    {
        var reader = new SpanReader(header);
        var kind = (MessageKind)reader.Byte();
        if (kind is < MessageKind.Request or > MessageKind.Answer)
            throw new InvalidDataException($"it sends messages of kind {(int)kind}, which is unknown");
        var parts = (MessageParts)reader.Byte();
        return new Message
        {
            Kind = kind,
            Id = (long)reader.Number(),
            ViewVersion = (long)reader.Number(),
            Method = unchecked((uint)reader.Number()),
            Sender = parts.HasFlag(MessageParts.Sender) ? reader.Address() : peer,
            Target = parts.HasFlag(MessageParts.Target) ? reader.Address() : self,
            Grain = parts.HasFlag(MessageParts.Grain) ? ReadGrain(ref reader) : default,
            Body = body,
        };
    }

    private GrainId ReadGrain(ref SpanReader reader)
    {
        var type = reader.Bytes();
        if (!type.SequenceEqual(_lastType.AsSpan())) _lastType = new GrainType(new IdSpan(type.ToArray()));
        return new GrainId(_lastType, new IdSpan(reader.Bytes().ToArray()));
    }
}
