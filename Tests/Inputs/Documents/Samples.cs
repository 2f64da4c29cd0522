using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoffeePayment.Tests.Inputs.Documents;

/// <summary>Makes up values that a schema allows.</summary>
internal sealed class Samples(SchemaReader schemas, Random random)
{
    private const string Letters = "abcXYZ019-_.:";
    private const string AnyText = "aZ9 -_.,;:'\"\\/<>&%$#кофе☕🜚é\u200f";
    private const int LengthMax = 60;

    /// <summary>A value; optional properties are there or null or left out, as chance has it.</summary>
    public JsonNode? Make(JsonElement reference)
    {
        var schema = schemas.Resolve(reference);
        if (schema.TryGetProperty("enum", out var words))
            return words[random.Next(words.GetArrayLength())].GetString();

        return TypeOf(schema) switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" or "number" => Number(schema),
            "string" => Text(schema),
            "object" => Object(schema),
            var other => throw new NotSupportedException($"There is a schema of {other}."),
        };
    }

    private string TypeOf(JsonElement schema)
    {
        var type = schema.GetProperty("type");
        return type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : type[random.Next(4) == 0 ? 0 : type.GetArrayLength() - 1].GetString()!;
    }

    private JsonObject Object(JsonElement schema)
    {
        var required = schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToHashSet();
        var made = new JsonObject();
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            if (required.Contains(property.Name) || random.Next(3) > 0)
                made.Add(property.Name, Make(property.Value));
        }

        return made;
    }

    private long Number(JsonElement schema)
    {
        var (min, max) = (schema.GetProperty("minimum").GetInt64(), schema.GetProperty("maximum").GetInt64());
        return random.Next(5) switch
        {
            0 => min,
            1 => max,
            _ => random.NextInt64(min, Math.Min(max, 100_000) + 1),
        };
    }

    private string Text(JsonElement schema)
    {
        if (schema.TryGetProperty("format", out _)) return "2026-01-31T12:00:00+03:00";

        var pattern = schema.TryGetProperty("pattern", out var given) ? given.GetString() : null;
        if (pattern == "^[A-Z]{3}$") return random.Next(2) == 0 ? "RUB" : "KZT";

        var max = schema.TryGetProperty("maxLength", out var length) ? length.GetInt32() : LengthMax;
        var count = random.Next(8) == 0 ? max : random.Next(3, Math.Min(max, LengthMax) + 1);
        if (pattern is not null) return new string([.. Enumerable.Range(0, count).Select(_ => Pick(Letters))]);

        // Not blank, which the service refuses although the schema cannot say so.
        var runes = AnyText.EnumerateRunes().ToArray();
        return "a" + string.Concat(Enumerable.Range(1, count - 1).Select(_ => runes[random.Next(runes.Length)]));
    }

    private char Pick(string letters) => letters[random.Next(letters.Length)];
}
