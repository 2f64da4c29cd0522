namespace CoffeePayment.Bench;

/// <summary>One line of the benchmark's table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Wanted">What it should be; null if nothing is promised.</param>
internal sealed record Figure(string Name, string Value, string? Wanted = null);

/// <summary>Prints figures as one table.</summary>
internal static class FigureTable
{
    public static void Print(TextWriter output, IReadOnlyList<Figure> figures)
    {
        var nameWidth = figures.Max(figure => figure.Name.Length);
        var valueWidth = figures.Max(figure => figure.Value.Length);
        foreach (var figure in figures)
        {
            var wanted = figure.Wanted is null ? "" : $"   (wanted: {figure.Wanted})";
            output.WriteLine($"{figure.Name.PadRight(nameWidth)}   {figure.Value.PadLeft(valueWidth)}{wanted}");
        }
    }
}
