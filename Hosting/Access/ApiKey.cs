using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CoffeePayment.Hosting.Access;

/// <summary>Somebody who may use the API: a name, and the hash of the key that proves it. Never the key.</summary>
public sealed partial class ApiKey
{
    /// <summary>What a name is.</summary>
    public const string NameText = "1 to 64 characters of A-Z a-z 0-9 _ . -, the first a letter or digit";

    /// <summary>What stands between a name and a hash in <c>API_KEYS</c>.</summary>
    public const string HashMark = ":sha256:";

    // 16 characters of letters and digits are 95 bits.
    private const int GuessableLengthMax = 15;

    private ApiKey(string name, byte[] hash)
    {
        Name = name;
        Hash = hash;
    }

    /// <summary>Who it is, for logs, metrics, the audit log and the history of orders.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the key's UTF-8 bytes.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    /// <summary>
    /// Whether somebody who tries often enough may hit upon it. Unknown, and false, where only the hash is known.
    /// </summary>
    public bool IsShort { get; private init; }

    /// <summary>The entry of <c>API_KEYS</c> that stands for it.</summary>
    public string Entry => $"{Name}{HashMark}{Convert.ToHexStringLower(Hash.Span)}";

    /// <summary>Whether a key may be called so: <see cref="NameText"/>.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    /// <summary>The key that is written out; only its hash is kept.</summary>
    /// <exception cref="ArgumentException">The name is not one.</exception>
    public static ApiKey FromKey(string name, string key) =>
        new(Checked(name), SHA256.HashData(Encoding.UTF8.GetBytes(key))) { IsShort = key.Length <= GuessableLengthMax };

    /// <summary>The key whose hash is known, as 64 hexadecimal digits; null if it is not that.</summary>
    /// <exception cref="ArgumentException">The name is not one.</exception>
    public static ApiKey? FromHash(string name, string hash) =>
        HashPattern().IsMatch(hash) ? new ApiKey(Checked(name), Convert.FromHexString(hash)) : null;

    /// <summary>Its entry says all that may be known of it, and more than a log should.</summary>
    public override string ToString() => Name;

    private static string Checked(string name) => IsName(name)
        ? name
        : throw new ArgumentException($"A name is {NameText}.", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z")]
    private static partial Regex HashPattern();
}
