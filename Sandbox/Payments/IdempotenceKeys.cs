using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>What was done under which key: the same request under the same key is not done twice within 24 h.</summary>
internal sealed class IdempotenceKeys
{
    public const int MaxLength = 64;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> _byAge = new();

    /// <summary>
    /// Held by whoever looks a key up, does the work and remembers it, so that two at once cannot both do it.
    /// </summary>
    public Lock Turn { get; } = new();

    public static string Fingerprint(string path, byte[] body) =>
        $"{path} {Convert.ToHexStringLower(SHA256.HashData(body))}";

    /// <summary>What was done under that key; a conflict if it was done for another request.</summary>
    public bool TryGet(
        string key, string fingerprint, DateTimeOffset now, [NotNullWhen(true)] out Deed? done, out bool isConflict)
    {
        while (_byAge.TryPeek(out var oldest) && now - oldest.At >= Remembered)
            _entries.Remove(_byAge.Dequeue().Key);

        isConflict = _entries.TryGetValue(key, out var entry) && entry.Fingerprint != fingerprint;
        done = isConflict ? null : entry?.Done;
        return done is not null;
    }

    public void Remember(string key, string fingerprint, DateTimeOffset now, Deed done)
    {
        _entries[key] = new Entry(fingerprint, done);
        _byAge.Enqueue((key, now));
    }

    private sealed record Entry(string Fingerprint, Deed Done);
}
