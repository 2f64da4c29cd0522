using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// Writes messages to one connection, each as a frame: the length of all that follows (32 bits), that of the header (16
/// bits), the header, the body. Addresses which are those of the connection's two ends are left out.
/// </summary>
internal sealed class MessageWriter(PipeWriter output, SiloAddress self, SiloAddress peer)
{
    public const int PrefixBytes = 6;

    /// <summary>The most that a grain's type and key may take in all.</summary>
    public const int GrainBytesMax = 32 * 1024;

    public const int HeaderBytesMax =
        2 + (5 * SpanWriter.NumberBytesMax) + (2 * SpanWriter.AddressBytesMax) + GrainBytesMax;

    // What is written before a flush, so that a large body does not pile up in the pipe.
    private const int ChunkBytes = 64 * 1024;

    private int _unflushedBytes;

    /// <summary>Whether so much is written that it should be flushed before more is.</summary>
    public bool IsFull => _unflushedBytes >= ChunkBytes;

    public static int GrainBytes(GrainId grain) => grain.Type.AsSpan().Length + grain.Key.AsSpan().Length;

    /// <summary>Writes a whole small message, or the beginning of a large one; returns the rest of its body.</summary>
    public ReadOnlyMemory<byte> Begin(Message message)
    {
        var span = output.GetSpan(PrefixBytes + HeaderBytesMax - GrainBytesMax + GrainBytes(message.Grain));
        var headerBytes = WriteHeader(message, span[PrefixBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)(sizeof(ushort) + headerBytes + message.Body.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(span[sizeof(uint)..], (ushort)headerBytes);
        Advance(PrefixBytes + headerBytes);
        return Continue(message.Body);
    }

    /// <summary>Writes as much of a body as should be before a flush; returns the rest.</summary>
    public ReadOnlyMemory<byte> Continue(ReadOnlyMemory<byte> body)
    {
        var length = Math.Min(body.Length, ChunkBytes);
        output.Write(body.Span[..length]);
        _unflushedBytes += length;
        return body[length..];
    }

    /// <summary>Says that no more messages follow: a frame of nothing.</summary>
    public void Goodbye()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), 0);
        Advance(sizeof(uint));
    }

    /// <summary>False when the other side takes no more.</summary>
    public async ValueTask<bool> FlushAsync()
    {
        _unflushedBytes = 0;
        var result = await output.FlushAsync();
        return !result.IsCompleted && !result.IsCanceled;
    }

    private void Advance(int bytes)
    {
        output.Advance(bytes);
        _unflushedBytes += bytes;
    }

    private int WriteHeader(Message message, Span<byte> span)
    {
        var parts = (message.Sender.Equals(self) ? MessageParts.None : MessageParts.Sender)
            | (message.Target.Equals(peer) ? MessageParts.None : MessageParts.Target)
            | (message.Grain.IsDefault ? MessageParts.None : MessageParts.Grain);
        var writer = new SpanWriter(span);
        writer.Byte((byte)message.Kind);
        writer.Byte((byte)parts);
        writer.Number((ulong)message.Id);
        writer.Number((ulong)message.ViewVersion);
        writer.Number(message.Method);
        if (parts.HasFlag(MessageParts.Sender)) writer.Address(message.Sender);
        if (parts.HasFlag(MessageParts.Target)) writer.Address(message.Target);
        if (parts.HasFlag(MessageParts.Grain))
        {
            writer.Bytes(message.Grain.Type.AsSpan());
            writer.Bytes(message.Grain.Key.AsSpan());
        }

        return writer.Position;
    }
}

/// <summary>What a header has that not every header has.</summary>
[Flags]
internal enum MessageParts : byte
{
    None = 0,
    Sender = 1,
    Target = 2,
    Grain = 4,
}
