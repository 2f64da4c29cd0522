using System.Globalization;
using System.Text;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>Prints what was tried and lost.</summary>
internal static class FaultTable
{
    private const int FailuresMax = 30;
    private const int ExamplesMax = 4;
    private const int FailureLengthMax = 3_000;

    private static readonly string[] Heads =
    [
        "fault", "times", "acknowledged", "as scripted", "lost", "second commands", "crashes", "wrong answers",
        "health lies", "503", "longest silence", "peak memory",
    ];

    public static string Print(IReadOnlyCollection<FaultRow> rows)
    {
        List<string[]> lines = [Heads, .. rows.Select(Cells)];
        if (rows.Count > 0) lines.Add(Cells(Sum(rows)));
        var widths = Heads.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(line[0].PadRight(widths[0]));
            for (var column = 1; column < line.Length; column++)
                text.Append("  ").Append(line[column].PadLeft(widths[column]));

            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>What must not have been, some of each kind; empty if nothing.</summary>
    public static string Explain(IEnumerable<FaultRow> rows) => string.Join(
        Environment.NewLine,
        rows.SelectMany(row => row.Failures.GroupBy(KindOf).SelectMany(kind => kind.Take(ExamplesMax)))
            .Take(FailuresMax)
            .Select(failure => failure[..Math.Min(failure.Length, FailureLengthMax)]));

    // Fault and what was wrong: what is before the second colon.
    private static string KindOf(string failure) => string.Join(':', failure.Split(':').Take(2));

    private static FaultRow Sum(IEnumerable<FaultRow> rows) =>
        rows.Aggregate((sum, row) => sum + row) with { Fault = "all" };

    private static string[] Cells(FaultRow row) =>
    [
        row.Fault,
        Number(row.Times),
        Number(row.Acknowledged),
        Number(row.AsScripted),
        Number(row.Lost.Count),
        Number(row.SecondCommands.Count),
        Number(row.Crashes.Count),
        Number(row.WrongAnswers.Count),
        Number(row.Lies.Count),
        Number(row.Unavailable),
        string.Create(CultureInfo.InvariantCulture, $"{row.LongestSilence.TotalSeconds:F1} s"),
        $"{Number(row.PeakMemoryMiB)} MiB",
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
