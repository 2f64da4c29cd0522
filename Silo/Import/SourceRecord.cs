using System.Text.Json.Nodes;

namespace CoffeePayment.Silo.Import;

/// <summary>One order as a file has it, or a line that is none.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Fields">Names and values as they were found, in their order; empty if there is a fault.</param>
/// <param name="Fault">Why it cannot be read; null if it can.</param>
/// <param name="Raw">The line, if it cannot be read; null if it can.</param>
internal sealed record SourceRecord(
    long Line, IReadOnlyList<KeyValuePair<string, JsonNode?>> Fields, string? Fault = null, string? Raw = null)
{
    public static SourceRecord Broken(SourceLine line, string fault) => new(line.Number, [], fault, line.Text);
}
