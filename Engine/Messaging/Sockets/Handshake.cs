using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// The first words on a connection: whoever connected says who it is, the other side answers with the same or with a
/// refusal. Each is: magic, version, kind, length (32 bits), content. Of other versions only refusals are understood.
/// </summary>
internal static class Handshake
{
    private const byte Version = 1;

    private const int PrefixBytes = 10;

    private const int HelloBytesMax = 64 * 1024;

    private const int WelcomeBytesMax = 16 * 1024 * 1024;

    private enum Kind : byte
    {
        Preamble = 1,
        Refusal = 2,
    }

    private static ReadOnlySpan<byte> Magic => "CPEN"u8;

    /// <summary>Introduces this side and returns what the other side answers.</summary>
    /// <exception cref="ConnectionRefusedByPeerException">One of the two does not want to talk.</exception>
    public static async Task<Preamble> InitiateAsync(
        IDuplexPipe pipe, Preamble own, CancellationToken cancellationToken)
    {
        await WriteAsync(pipe.Output, Kind.Preamble, own.ToBytes(), cancellationToken);
        var welcome = await ReadAsync(pipe.Input, WelcomeBytesMax, cancellationToken);
        return own.Identity.Disagreement(welcome.Identity) is { } refusal
            ? throw new ConnectionRefusedByPeerException(refusal)
            : welcome;
    }

    /// <summary>Lets the other side introduce itself, and answers it; returns what both said.</summary>
    /// <param name="pipe">The connection.</param>
    /// <param name="refuse">Why not to talk with it, or null.</param>
    /// <param name="answer">What to answer otherwise.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConnectionRefusedByPeerException">This side does not want to talk.</exception>
    public static async Task<(Preamble Own, Preamble Other)> AcceptAsync(
        IDuplexPipe pipe,
        Func<Preamble, string?> refuse,
        Func<Preamble, Preamble> answer,
        CancellationToken cancellationToken)
    {
        var hello = await ReadAsync(pipe.Input, HelloBytesMax, cancellationToken);
        if (refuse(hello) is not { } refusal)
        {
            var own = answer(hello);
            await WriteAsync(pipe.Output, Kind.Preamble, own.ToBytes(), cancellationToken);
            return (own, hello);
        }

        await WriteAsync(pipe.Output, Kind.Refusal, Encoding.UTF8.GetBytes(refusal), cancellationToken);
        throw new ConnectionRefusedByPeerException(refusal);
    }

    private static async Task WriteAsync(
        PipeWriter output, Kind kind, byte[] content, CancellationToken cancellationToken)
    {
        WritePrefix(output, kind, content.Length);
        await output.WriteAsync(content, cancellationToken);
    }

    private static void WritePrefix(PipeWriter output, Kind kind, int length)
    {
        var prefix = output.GetSpan(PrefixBytes);
        Magic.CopyTo(prefix);
        prefix[4] = Version;
        prefix[5] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[6..], length);
        output.Advance(PrefixBytes);
    }

    private static async Task<Preamble> ReadAsync(
        PipeReader input, int bytesMax, CancellationToken cancellationToken)
    {
        var prefix = await ReadBytesAsync(input, PrefixBytes, cancellationToken);
        if (!prefix.AsSpan().StartsWith(Magic))
            throw new InvalidDataException("it does not speak this protocol");
        var kind = (Kind)prefix[5];
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(6));
        if (length < 0 || length > bytesMax)
            throw new InvalidDataException($"it introduces itself in {length} bytes; at most {bytesMax} are taken");
        var content = await ReadBytesAsync(input, length, cancellationToken);
        if (kind == Kind.Refusal) throw new ConnectionRefusedByPeerException(Encoding.UTF8.GetString(content));
        return prefix[4] == Version && kind == Kind.Preamble
            ? Preamble.Parse(content)
            : throw new InvalidDataException($"it speaks version {prefix[4]} of the protocol, this side {Version}");
    }

    private static async Task<byte[]> ReadBytesAsync(
        PipeReader input, int count, CancellationToken cancellationToken)
    {
        var result = await input.ReadAtLeastAsync(count, cancellationToken);
        if (result.Buffer.Length < count)
            throw new ConnectionFailedException("it ended before the other side had introduced itself");
        var taken = result.Buffer.Slice(0, count);
        var bytes = taken.ToArray();
        input.AdvanceTo(taken.End);
        return bytes;
    }
}
