using System.Buffers;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>A response's body in a pooled buffer. Must be disposed, once, after which it is not to be read.</summary>
internal readonly struct ResponseBody : IDisposable
{
    /// <summary>A payment object has about 1 KB; what is longer than 256 KiB is none.</summary>
    public const int LengthMax = 256 * 1024;

    private const int FirstLength = 4096;

    private readonly byte[] _buffer;
    private readonly int _length;

    private ResponseBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The body; empty if it was longer than <see cref="LengthMax"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads to the end, or as far as <see cref="LengthMax"/>.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async ValueTask<ResponseBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstLength);
        try
        {
            // Synchronous on purpose: the content of a response whose headers were read just hands out its stream.
            var stream = content.ReadAsStream(cancellationToken);
            var length = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0) return new ResponseBody(buffer, length);

                length += read;
                if (length > LengthMax) return new ResponseBody(buffer, 0);
                if (length == buffer.Length) buffer = Grow(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
