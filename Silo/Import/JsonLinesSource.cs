using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoffeePayment.Silo.Import;

/// <summary>Orders as JSON objects, one a line.</summary>
internal sealed class JsonLinesSource(LineReader lines) : IOrderSource
{
    public IReadOnlyList<string> Columns => [];

    public IEnumerable<SourceRecord> Read()
    {
        while (lines.Read() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line.Text)) yield return ReadRecord(line);
        }
    }

    private static SourceRecord ReadRecord(SourceLine line)
    {
        if (line.IsTooLong) return SourceRecord.Broken(line, $"has more than {LineReader.LengthMax} characters");

        try
        {
            using var document = JsonDocument.Parse(line.Text);
            ThrowUnlessUnicode(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new SourceRecord(line.Number, [.. document.RootElement.EnumerateObject().Select(Field)])
                : SourceRecord.Broken(line, "is no JSON object");
        }
        catch (JsonException)
        {
            return SourceRecord.Broken(line, "is no JSON");
        }
        catch (InvalidOperationException)
        {
            return SourceRecord.Broken(line, "has a text that is no valid Unicode");
        }
    }

    // Half of a surrogate pair, written as an escape, is valid JSON and no text: whoever reads it later would throw.
    private static void ThrowUnlessUnicode(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) ThrowUnlessUnicode(item);
        if (element.ValueKind != JsonValueKind.Object) return;

        foreach (var property in element.EnumerateObject())
        {
            _ = property.Name;
            ThrowUnlessUnicode(property.Value);
        }
    }

    private static KeyValuePair<string, JsonNode?> Field(JsonProperty property) =>
        new(property.Name, JsonNode.Parse(property.Value.GetRawText()));
}
