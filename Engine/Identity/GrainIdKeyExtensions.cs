using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>
/// Integer keys are written in hexadecimal, GUID keys as 32 digits, as Orleans writes them; what follows a plus is an
/// extension.
/// </summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string keyExtension) =>
        IdSpan.Create(WithExtension(key.ToString("X", CultureInfo.InvariantCulture), keyExtension));

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan CreateGuidKey(Guid key, string keyExtension) =>
        IdSpan.Create(WithExtension(key.ToString("N"), keyExtension));

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var number = Split(grainId, out keyExt);
        return Utf8Parser.TryParse(number, out key, out var length, 'X') && length == number.Length;
    }

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var digits = Split(grainId, out keyExt);
        return Utf8Parser.TryParse(digits, out key, out var length, 'N') && length == digits.Length && length == 32;
    }

    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt) ? key : ThrowKeyIsNot<long>(grainId, "an integer");

    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt) ? key : ThrowKeyIsNot<Guid>(grainId, "a GUID");

    private static string WithExtension(string key, string keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension) ? key : $"{key}+{keyExtension}";

    private static ReadOnlySpan<byte> Split(GrainId grainId, out string? keyExt)
    {
        var key = grainId.Key.AsSpan();
        var plus = key.IndexOf((byte)'+');
        keyExt = plus < 0 ? null : System.Text.Encoding.UTF8.GetString(key[(plus + 1)..]);
        return plus < 0 ? key : key[..plus];
    }

    [DoesNotReturn]
    private static T ThrowKeyIsNot<T>(GrainId grainId, string what) =>
        throw new ArgumentException($"The key of grain {grainId} is not {what}.", nameof(grainId));
}
