using System.Globalization;

namespace CoffeePayment.Bench.Reporting;

/// <summary>Prints figures as one table.</summary>
internal static class FigureTable
{
    private static readonly string[] Header = ["figure", "on", "value", "ratio", "wanted", "reached", "spread"];

    // Numbers stand under each other by their last digit.
    private static readonly bool[] IsNumber = [false, false, true, true, true, false, true];

    /// <summary>The table's lines, the notes under it.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Figure> figures)
    {
        string[][] rows = [Header, .. figures.Select(Cells)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        yield return Line(rows[0], widths);
        yield return string.Join("  ", widths.Select(static width => new string('-', width)));
        foreach (var row in rows[1..]) yield return Line(row, widths);

        foreach (var note in figures.Where(static figure => figure.Note is not null)
            .Select(static figure => $"  {figure.Name}, {figure.On}: {figure.Note}").Distinct())
        {
            yield return note;
        }
    }

    private static string[] Cells(Figure figure) =>
    [
        figure.Name,
        figure.On,
        Numbers.Text(figure.Value, figure.Unit),
        figure.Ratio is { } ratio ? Numbers.Text(ratio, "x") : "",
        figure.Wanted is { } wanted ? Wanted(wanted, figure.Unit) : "",
        figure.IsReached switch { true => "yes", false => "NO", null => "" },
        figure.Spread?.ToString("0 %", CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Wanted(Target target, string unit) =>
        (target.IsAtMost ? "<= " : ">= ") + Numbers.Text(target.Bound, target.IsOfRatio ? "x" : unit);

    private static string Line(string[] cells, int[] widths) => string.Join(
        "  ",
        cells.Select((cell, column) => IsNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))
        .TrimEnd();
}
