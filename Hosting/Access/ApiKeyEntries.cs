using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Hosting.Access;

/// <summary>Reads <c>API_KEYS</c>.</summary>
/// <remarks>
/// An entry is a key as it is sent, or <c>NAME:sha256:HASH</c>. A key as it is sent may have colons; one that has
/// <c>:sha256:</c> in it and is no name and hash is refused, since a hash with a digit missing must not become a key
/// that anybody who has read it can send.
/// </remarks>
internal static class ApiKeyEntries
{
    /// <summary>Entries separated by commas or, in a file, by lines; at least one, with no name twice.</summary>
    public static bool TryParse(string text, out IReadOnlyList<ApiKey>? value)
    {
        var entries = text.Split([',', '\n'], StringSplitOptions.TrimEntries);
        ApiKey[] keys = [.. entries.Select((entry, i) => Parse(entry, i + 1)).OfType<ApiKey>()];
        value = keys;
        return keys.DistinctBy(key => key.Name).Count() == entries.Length;
    }

    /// <summary>The key of an entry; null if it is none. Without a name it is called after its place.</summary>
    private static ApiKey? Parse(string entry, int place)
    {
        if (!SettingParsers.SecretPattern().IsMatch(entry)) return null;

        var mark = entry.IndexOf(ApiKey.HashMark, StringComparison.OrdinalIgnoreCase);
        if (mark < 0) return ApiKey.FromKey($"key-{place}", entry);

        var name = entry[..mark];
        return ApiKey.IsName(name) ? ApiKey.FromHash(name, entry[(mark + ApiKey.HashMark.Length)..]) : null;
    }
}
