using System.Text.Json;
using System.Text.RegularExpressions;

namespace CoffeePayment.Tests.Inputs.Documents;

/// <summary>
/// Holds JSON against the document's schemas: the part of JSON Schema that the document uses. Throws at the rest.
/// </summary>
internal sealed partial class SchemaReader(JsonElement document)
{
    // What says something about values; the rest is for readers.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$ref", "oneOf", "type", "enum", "required", "properties", "additionalProperties", "items", "minLength",
        "maxLength",
        "pattern", "minimum", "maximum", "format", "description", "default", "example",
    };

    /// <summary>The schema itself, where there was a reference to it.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = document;
            foreach (var part in reference.GetString()!.Split('/').Skip(1)) schema = schema.GetProperty(part);
        }

        return schema;
    }

    /// <summary>What is wrong with a value, each with where: the path of names, then a colon.</summary>
    /// <param name="value">Any JSON.</param>
    /// <param name="schema">What it should be.</param>
    /// <param name="isClosed">Whether properties that the schema does not have are wrong.</param>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, bool isClosed) =>
        Faults(value, schema, isClosed, "");

    private IEnumerable<string> Faults(JsonElement value, JsonElement reference, bool isClosed, string path)
    {
        var schema = Resolve(reference);
        var names = schema.EnumerateObject().Select(part => part.Name);
        if (names.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw new NotSupportedException($"The schema at '{path}' has {unknown}.");
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var faults = choices.EnumerateArray().Select(one => Faults(value, one, isClosed, path).ToList()).ToList();
            return faults.Exists(one => one.Count == 0) ? [] : faults[^1];
        }

        if (schema.TryGetProperty("type", out var type) && !IsOfType(value, type))
            return [$"{path}: is {value.ValueKind}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectFaults(value, schema, isClosed, path),
            JsonValueKind.Array => schema.TryGetProperty("items", out var items)
                ? value.EnumerateArray().SelectMany(item => Faults(item, items, isClosed, path))
                : [],
            JsonValueKind.String => TextFaults(value, schema).Select(fault => $"{path}: {fault}"),
            JsonValueKind.Number => NumberFaults(value, schema).Select(fault => $"{path}: {fault}"),
            _ => [],
        };
    }

    private IEnumerable<string> ObjectFaults(JsonElement value, JsonElement schema, bool isClosed, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var (name, place) = (NameOf(property), Join(path, NameOf(property)));
            if (schema.TryGetProperty("properties", out var properties)
                && properties.TryGetProperty(name, out var inner))
            {
                if (!seen.Add(name)) yield return $"{place}: comes twice";
                foreach (var fault in Faults(property.Value, inner, isClosed, place)) yield return fault;
            }
            else if (schema.TryGetProperty("additionalProperties", out var additional))
            {
                foreach (var fault in Faults(property.Value, additional, isClosed, place)) yield return fault;
            }
            else if (isClosed)
            {
                yield return $"{place}: is not in the document";
            }
        }

        if (!schema.TryGetProperty("required", out var required)) yield break;
        foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(n => !seen.Contains(n)))
            yield return $"{Join(path, name)}: is missing";
    }

    private static IEnumerable<string> TextFaults(JsonElement value, JsonElement schema)
    {
        if (TextOf(value) is not { } text)
        {
            yield return "is no Unicode";
            yield break;
        }

        var length = text.EnumerateRunes().Count();
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.ValueEquals(text)))
            yield return "is none of the words";
        if (schema.TryGetProperty("minLength", out var min) && length < min.GetInt32()) yield return "is too short";
        if (schema.TryGetProperty("maxLength", out var max) && length > max.GetInt32()) yield return "is too long";
        if (schema.TryGetProperty("pattern", out var pattern) && !IsMatch(text, pattern.GetString()!))
            yield return "has other characters";
        if (schema.TryGetProperty("format", out var format) && format.ValueEquals("date-time") && !Time().IsMatch(text))
            yield return "is no time";
    }

    // The end of a pattern is that of the text, and never before a line break.
    private static bool IsMatch(string text, string pattern) =>
        Regex.IsMatch(text, pattern.Replace("$", "\\z"), RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> NumberFaults(JsonElement value, JsonElement schema)
    {
        if (!schema.TryGetProperty("minimum", out var min)) yield break;
        if (value.GetDouble() < min.GetDouble()) yield return "is too small";
        if (value.GetDouble() > schema.GetProperty("maximum").GetDouble()) yield return "is too large";
    }

    private static bool IsOfType(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(value, one))
        : type.GetString() switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
            "number" => value.ValueKind == JsonValueKind.Number,
            "string" => value.ValueKind == JsonValueKind.String,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            var other => throw new NotSupportedException($"There is a schema of {other}."),
        };

    // Half a surrogate pair is valid JSON, and no text.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\z",
        RegexOptions.ECMAScript)]
    private static partial Regex Time();
}
