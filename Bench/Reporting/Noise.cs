using System.Globalization;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Scenarios;

namespace CoffeePayment.Bench.Reporting;

/// <summary>Says why figures are to be doubted.</summary>
internal static class Noise
{
    /// <summary>Repeats that lie further apart than this share of their median are noisy.</summary>
    public const double SpreadMax = 0.10;

    /// <summary>Strangers that take more than this share of one core are noise.</summary>
    public const double StrangersCoresMax = 0.10;

    public static IEnumerable<string> Of(IReadOnlyCollection<double> calibrationMs, BenchRun run) =>
        Of(calibrationMs, run.StrangersCores, run.Figures);

    /// <summary>A line a reason; none if the machine was quiet.</summary>
    public static IEnumerable<string> Of(
        IReadOnlyCollection<double> calibrationMs, double strangersCores, IReadOnlyList<Figure> figures)
    {
        var spread = Percentiles.Spread(calibrationMs);
        if (spread > SpreadMax)
            yield return $"the same work of the CPU took from {calibrationMs.Min():N0} to {calibrationMs.Max():N0} ms.";

        if (strangersCores > StrangersCoresMax)
            yield return string.Create(
                CultureInfo.InvariantCulture, $"other processes took up to {strangersCores:0.0} cores meanwhile.");

        foreach (var figure in figures.Where(static figure => IsWeighed(figure) && figure.Spread > SpreadMax))
            yield return $"{figure.Name}, {figure.On}: repeats lie {figure.Spread:0 %} apart.";
    }

    // What is to be reached, and what it is measured against.
    private static bool IsWeighed(Figure figure) => figure.Wanted is not null || figure.Unit == "µs";
}
