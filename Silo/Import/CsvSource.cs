using System.Text.Json.Nodes;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// Orders in CSV with a header. A record that cannot be read costs its first line alone: reading goes on with the one
/// after it, so a quote that was never closed does not swallow what follows.
/// </summary>
internal sealed class CsvSource : IOrderSource
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly LineReader _lines;
    private readonly char _delimiter;

    private CsvSource(LineReader lines, char delimiter, IReadOnlyList<string> columns)
    {
        _lines = lines;
        _delimiter = delimiter;
        Columns = columns;
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads the header; null if there is none that can be read.</summary>
    public static CsvSource? Open(LineReader lines)
    {
        SourceLine? header;
        do header = lines.Read();
        while (header is { } blank && string.IsNullOrWhiteSpace(blank.Text));

        if (header is not { IsTooLong: false } line) return null;

        var delimiter = Delimiters.MaxBy(candidate => line.Text.Count(c => c == candidate));
        var record = new CsvRecord(delimiter);
        return record.Feed(line.Text) && record.Fault is null
            ? new CsvSource(lines, delimiter, [.. record.Cells.Select(cell => cell.Trim())])
            : null;
    }

    public IEnumerable<SourceRecord> Read()
    {
        while (_lines.Read() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line.Text)) yield return ReadRecord(line);
        }
    }

    private SourceRecord ReadRecord(SourceLine first)
    {
        if (first.IsTooLong) return SourceRecord.Broken(first, $"has more than {LineReader.LengthMax} characters");

        var record = new CsvRecord(_delimiter);
        var more = new List<SourceLine>();
        var length = first.Text.Length;
        var fault = default(string);
        for (var line = first; !record.Feed(line.Text);)
        {
            if (_lines.Read() is not { } next)
            {
                fault = "has a quote that is never closed";
                break;
            }

            more.Add(next);
            length += next.Text.Length;
            if (length > LineReader.LengthMax)
            {
                fault = $"has a quote that is not closed within {LineReader.LengthMax} characters";
                break;
            }

            line = next;
        }

        fault ??= record.Fault ?? (record.Cells.Count == Columns.Count
            ? null
            : $"has {record.Cells.Count} columns where the header has {Columns.Count}");
        if (fault is null)
            return new SourceRecord(first.Number, [.. Columns.Zip(record.Cells, Field)]);

        _lines.GiveBack(more);
        return SourceRecord.Broken(first, fault);
    }

    private static KeyValuePair<string, JsonNode?> Field(string column, string cell)
    {
        // What databases write where there is nothing.
        var text = cell.Trim();
        return new(column, text is "" or "NULL" or "\\N" ? null : JsonValue.Create(text));
    }
}
