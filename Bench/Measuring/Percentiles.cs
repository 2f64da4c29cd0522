namespace CoffeePayment.Bench.Measuring;

/// <summary>Medians, percentiles and spreads of a handful of figures or of many.</summary>
internal static class Percentiles
{
    /// <summary>The smallest value that at least that share of all values does not exceed.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="share">From 0 (the smallest) to 1 (the largest).</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var rank = (int)Math.Ceiling(sorted.Length * share);
        return sorted[Math.Clamp(rank, 1, sorted.Length) - 1];
    }

    /// <summary>The middle value; of an even number of values the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>How far the values lie apart: the largest minus the smallest, as a share of the median.</summary>
    public static double Spread(IReadOnlyCollection<double> values)
    {
        var median = Median(values);
        return median == 0 ? 0 : (values.Max() - values.Min()) / median;
    }
}
