using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CoffeePayment.Hosting.Access;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Access;

/// <summary>
/// Sessions of people who signed in with an API key. Nothing is kept of one: its token says whose it is and until when,
/// signed, so that every process with the same keys and secret takes it, and none does once its key is gone.
/// </summary>
internal sealed class Sessions
{
    /// <summary>A shift at the desk, and some.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const char Separator = ':';

    private readonly FrozenDictionary<string, Signer> _signers;
    private readonly TimeProvider _time;

    public Sessions(IOptions<ApiOptions> options, TimeProvider time)
    {
        var secret = options.Value.SessionSecret;
        _signers = options.Value.Keys.ToFrozenDictionary(
            key => key.Name, key => new Signer(key, secret.Span), StringComparer.Ordinal);
        _time = time;
    }

    /// <summary>A token for somebody who has just shown the key.</summary>
    public string Issue(ApiKey key)
    {
        var until = (_time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var claim = string.Create(CultureInfo.InvariantCulture, $"{key.Name}{Separator}{until}");
        return $"{claim}{Separator}{_signers[key.Name].Sign(claim)}";
    }

    /// <summary>Whose session it is; null if the token is none, or none any more.</summary>
    public Caller? Find(string token)
    {
        if (token.LastIndexOf(Separator) is not (> 0 and var end)) return null;

        var claim = token[..end];
        if (claim.Split(Separator) is not [var name, var until]) return null;
        if (!_signers.TryGetValue(name, out var signer)) return null;
        if (!long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;

        var isSigned = CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(signer.Sign(claim).AsSpan()), MemoryMarshal.AsBytes(token.AsSpan(end + 1)));
        return isSigned && seconds > _time.GetUtcNow().ToUnixTimeSeconds() ? signer.Caller : null;
    }

    /// <summary>Signs for one key, with what comes of its hash and the secret: neither alone will do.</summary>
    private sealed class Signer(ApiKey key, ReadOnlySpan<byte> secret)
    {
        private readonly byte[] _key = DeriveKey(key, secret);

        public Caller Caller { get; } = new(key, CallerProof.Session);

        public string Sign(string claim) =>
            Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(claim)));

        private static byte[] DeriveKey(ApiKey key, ReadOnlySpan<byte> secret)
        {
            var derived = new byte[SHA256.HashSizeInBytes];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Hash.Span, derived, secret, "CoffeePayment session 1"u8);
            return derived;
        }
    }
}
