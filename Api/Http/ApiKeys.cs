using System.Security.Cryptography;
using System.Text;

namespace CoffeePayment.Api.Http;

/// <summary>
/// The API keys, as hashes: nothing that is compared has a length or a prefix to be guessed by its timing.
/// </summary>
internal sealed class ApiKeys(IEnumerable<string> keys)
{
    private readonly byte[][] _hashes = [.. keys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    /// <summary>Whether a key is asked for at all.</summary>
    public bool AreRequired => _hashes.Length > 0;

    /// <summary>Whether it is one of them. Takes the same time whichever it is, if any.</summary>
    public bool Contains(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetByteCount(key);
        var bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);

        var isKnown = false;
        foreach (var known in _hashes) isKnown |= CryptographicOperations.FixedTimeEquals(known, hash);
        return isKnown;
    }
}
