using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// A file of the orders that were refused, with why, that can be corrected and imported as it is: what the report adds
/// is passed over then.
/// </summary>
internal sealed class RefusalReport : IDisposable
{
    private const string LineColumn = FieldMap.ReportPrefix + "line";
    private const string FieldsColumn = FieldMap.ReportPrefix + "fields";
    private const string ErrorColumn = FieldMap.ReportPrefix + "error";
    private const string RawColumn = FieldMap.ReportPrefix + "raw";

    private static readonly string[] Columns =
        [.. FieldMap.Fields, LineColumn, FieldsColumn, ErrorColumn, RawColumn];

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\"\r\n\t");

    // As people write it, Cyrillic included.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _gate = new();
    private readonly StreamWriter _file;
    private readonly bool _isJson;

    private RefusalReport(StreamWriter file, bool isJson)
    {
        _file = file;
        _isJson = isJson;
    }

    /// <summary>Begins the file, in place of one that is there: JSON lines or CSV.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static RefusalReport Create(string path, bool isJson)
    {
        var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var report = new RefusalReport(file, isJson);
        if (!isJson) report.WriteCells(Columns);
        return report;
    }

    /// <summary>Adds an order; it is in the file when this returns, whatever becomes of the process.</summary>
    public void Add(Refusal refusal)
    {
        var row = (JsonObject)refusal.Fields.DeepClone();
        row[LineColumn] = refusal.Line;
        row[FieldsColumn] = refusal.FieldNames;
        row[ErrorColumn] = refusal.Why;
        if (refusal.Raw is not null) row[RawColumn] = refusal.Raw;
        lock (_gate)
        {
            if (_isJson) _file.WriteLine(row.ToJsonString(Readable));
            else WriteCells(Columns.Select(column => CellOf(row[column])));

            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private static string CellOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var read) => read,
        _ => value.ToJsonString(Readable),
    };

    private void WriteCells(IEnumerable<string> cells) => _file.WriteLine(string.Join(',', cells.Select(Quoted)));

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(NeedQuotes) || cell != cell.Trim()
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
