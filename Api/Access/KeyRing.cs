using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Access;

/// <summary>
/// The API keys, as hashes: nothing that is compared has a length or a prefix to be guessed by its timing.
/// </summary>
internal sealed class KeyRing(IOptions<ApiOptions> options)
{
    private readonly Caller[] _callers = [.. options.Value.Keys.Select(key => new Caller(key, CallerProof.Key))];

    /// <summary>Whether a key is asked for at all.</summary>
    public bool IsNeeded => _callers.Length > 0;

    /// <summary>Whose key it is; null if it is none. Takes the same time whichever it is, if any.</summary>
    public Caller? Find(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetByteCount(key);
        var bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);

        Caller? found = null;
        foreach (var caller in _callers)
            if (CryptographicOperations.FixedTimeEquals(caller.Key!.Hash.Span, hash)) found = caller;
        return found;
    }
}
