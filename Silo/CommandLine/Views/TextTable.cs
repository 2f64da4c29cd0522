namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>
/// Rows with their columns below each other, for terminals and for <c>cut</c>: two blanks between columns.
/// </summary>
/// <param name="headers">
/// The heads of the columns; those that begin with a blank stand at the right, as numbers do.
/// </param>
internal sealed class TextTable(params string[] headers)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row: a text for each column, null for none.</summary>
    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(cell => Printable.Line(cell ?? "-"))]);

    /// <summary>Writes the table, each line after <paramref name="indent"/>; without rows only its heads.</summary>
    public void WriteTo(TextWriter output, string indent = "")
    {
        string[] heads = [.. headers.Select(header => header.Trim())];
        int[] widths =
        [
            .. heads.Select((head, column) => _rows.Select(row => row[column].Length).Append(head.Length).Max()),
        ];
        foreach (var row in _rows.Prepend(heads))
        {
            var cells = row.Select((cell, column) =>
                headers[column].StartsWith(' ') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(indent + string.Join(Gap, cells).TrimEnd());
        }
    }
}
