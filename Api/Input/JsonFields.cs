using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CoffeePayment.Api.Input;

/// <summary>
/// The known fields of a JSON object, each read as what it must be; what is wrong with any of them is gathered. Unknown
/// fields are ignored, as clients may send more than this version knows.
/// </summary>
internal sealed partial class JsonFields
{
    private readonly FieldNames _names;
    private readonly JsonElement?[] _values;

    public JsonFields(JsonElement body, FieldNames names)
    {
        _names = names;
        _values = new JsonElement?[names.Count];
        foreach (var property in body.EnumerateObject())
        {
            var index = names.IndexOf(property);
            if (index < 0) continue;

            if (_values[index] is not null) Errors.Add(names[index], "occurs more than once");
            _values[index] = property.Value;
        }
    }

    public FieldErrors Errors { get; } = new();

    /// <summary>
    /// The value of a field; null if it is left out, null, or was found wanting while reading the object.
    /// </summary>
    public JsonElement? Find(string name, bool isRequired)
    {
        var value = _values[_names.IndexOf(name)];
        if (value is { ValueKind: not JsonValueKind.Null } present) return present;

        if (isRequired) Errors.Add(name, "is required");
        return null;
    }

    /// <summary>
    /// A text of at most so many characters, without control characters; null if there is none or it is bad.
    /// </summary>
    /// <param name="name">The field.</param>
    /// <param name="lengthMax">In characters as people count them, more or less: Unicode code points.</param>
    /// <param name="isRequired">Whether it must be there, and not be blank.</param>
    /// <param name="mayHaveLines">Whether line breaks and tabs are allowed.</param>
    public string? Text(string name, int lengthMax, bool isRequired, bool mayHaveLines = false)
    {
        if (Find(name, isRequired) is not { } value) return null;
        if (Decode(value) is not { } text) return Refuse(name, "must be a string of valid Unicode");
        if (isRequired && string.IsNullOrWhiteSpace(text)) return Refuse(name, "must not be blank");
        if (text.Length > lengthMax && text.EnumerateRunes().Count() > lengthMax)
            return Refuse(name, $"must have at most {lengthMax} characters");

        return text.Any(c => char.IsControl(c) && !(mayHaveLines && c is '\n' or '\r' or '\t'))
            ? Refuse(name, "must not have control characters")
            : text;
    }

    /// <summary>A whole number in a range; null if there is none or it is bad.</summary>
    public long? Integer(string name, long min, long max)
    {
        if (Find(name, isRequired: true) is not { } value) return null;

        if (value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number)
            && number >= min
            && number <= max)
            return number;

        Errors.Add(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}"));
        return null;
    }

    /// <summary>A point in time (RFC 3339, with offset), as UTC; null if there is none or it is bad.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Find(name, isRequired: false) is not { } value) return null;

        if (Decode(value) is { } text
            && Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
            return time;

        Errors.Add(name, "must be a time with its offset from UTC, as in 2026-01-31T12:00:00+03:00");
        return null;
    }

    private static string? Decode(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair, which is valid JSON and no text.
            return null;
        }
    }

    private string? Refuse(string name, string message)
    {
        Errors.Add(name, message);
        return null;
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}
