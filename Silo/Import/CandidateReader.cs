using System.Text.Json;
using System.Text.Json.Nodes;
using CoffeePayment.Api;
using CoffeePayment.Api.Input;
using CoffeePayment.Orders;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// Makes orders of what a file says, by the rules of the API, which reads them once more. Two rules are the import's
/// own: an order must say when its payment began, since one that does not counts as begun now and would get a drink
/// that was made long ago; and it must be pending, since any other was dealt with where it comes from.
/// </summary>
internal sealed class CandidateReader(FieldMap map, string? offset, TimeProvider time)
{
    private const string StartedAt = "payment_started_at";
    private const char Unreadable = '\uFFFD';

    private readonly RegistrationReader _reader = new(time, Options.Create(new ApiOptions()));

    /// <summary>The names in the file that are no field's; few, or the file is not of orders.</summary>
    public HashSet<string> Ignored { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The order, or why it is none: either of the two.</summary>
    public (Candidate? Candidate, Refusal? Refusal) Read(SourceRecord record)
    {
        if (record.Fault is { } broken)
            return (null, new Refusal(record.Line, null, [("", broken)], [], record.Raw));

        var faults = new List<(string Field, string Why)>();
        var fields = FieldsOf(record, faults);
        CheckStatus(fields, faults);
        if (fields[StartedAt] is null)
            faults.Add((StartedAt, "is required here: without it the payment would count as begun now"));

        var sent = (JsonObject)fields.DeepClone();
        sent.Remove(FieldMap.Status);
        var json = sent.ToJsonString();
        using var document = JsonDocument.Parse(json);
        var registration = _reader.Read(document.RootElement, out var errors);
        faults.AddRange(
            errors.All.SelectMany(error => error.Value.Select(message => (error.Key, message))));
        return faults.Count == 0
            ? (new Candidate(record.Line, registration!.Id, fields, json), null)
            : (null, new Refusal(record.Line, IdOf(fields), faults, fields));
    }

    private JsonObject FieldsOf(SourceRecord record, List<(string Field, string Why)> faults)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in record.Fields)
        {
            if (map.FieldOf(name) is not { } field)
            {
                if (!name.StartsWith(FieldMap.ReportPrefix, StringComparison.OrdinalIgnoreCase)) Ignored.Add(name);
                continue;
            }

            if (fields.ContainsKey(field)) faults.Add((field, "occurs more than once"));
            else if (FieldValues.Read(field, value, offset) is { } read) fields.Add(field, read);
        }

        faults.AddRange(
            fields.Where(field => Text(field.Value)?.Contains(Unreadable, StringComparison.Ordinal) == true)
                .Select(field => (field.Key, "has characters that are no UTF-8")));
        return fields;
    }

    private static void CheckStatus(JsonObject fields, List<(string Field, string Why)> faults)
    {
        if (fields[FieldMap.Status] is not { } status) return;

        var name = Text(status) ?? status.ToJsonString();
        if (!string.Equals(name, WireNames.Of(OrderStatus.Pending), StringComparison.OrdinalIgnoreCase))
            faults.Add((FieldMap.Status, $"is '{name}': only pending orders are imported"));
    }

    private static string? IdOf(JsonObject fields) => Text(fields["id"]);

    private static string? Text(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var read) ? read : null;
}
