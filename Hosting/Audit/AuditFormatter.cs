using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace CoffeePayment.Hosting.Audit;

/// <summary>
/// Writes an audit line as one JSON object: <c>at</c> (UTC) and what the line has to say, in snake case; what it does
/// not say is left out.
/// </summary>
internal sealed class AuditFormatter : ITextFormatter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Fields =
        ["Who", "Proof", "From", "Action", "Order", "Outcome", "Detail", "Note", "TraceId"];

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("at", logEvent.Timestamp.UtcDateTime);
            foreach (var field in Fields)
            {
                if (logEvent.Properties.GetValueOrDefault(field) is ScalarValue { Value: string { Length: > 0 } value })
                    json.WriteString(JsonNamingPolicy.SnakeCaseLower.ConvertName(field), value);
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
