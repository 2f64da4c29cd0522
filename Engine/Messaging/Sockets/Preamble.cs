using System.Text;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>What each side says first on a connection.</summary>
/// <param name="Identity">Who speaks.</param>
/// <param name="Expected">Whom it believes to speak with.</param>
/// <param name="Manifest">From a gateway to a client; else nothing.</param>
internal sealed record Preamble(NetworkIdentity Identity, SiloAddress Expected, ReadOnlyMemory<byte> Manifest)
{
    public byte[] ToBytes()
    {
        string[] texts = [Identity.ClusterId, Identity.ServiceId, Identity.Fingerprint];
        var bytes = new byte[(2 * SpanWriter.AddressBytesMax) + SpanWriter.NumberBytesMax + Manifest.Length
            + texts.Sum(text => SpanWriter.NumberBytesMax + Encoding.UTF8.GetByteCount(text))];
        var writer = new SpanWriter(bytes);
        writer.Address(Identity.Address);
        writer.Address(Expected);
        foreach (var text in texts) writer.Text(text);
        writer.Bytes(Manifest.Span);
        return bytes[..writer.Position];
    }

    public static Preamble Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new SpanReader(bytes);
        var address = reader.Address();
        var expected = reader.Address();
        var identity = new NetworkIdentity(address, reader.Text(), reader.Text(), reader.Text());
        return new Preamble(identity, expected, reader.Bytes().ToArray());
    }
}
