namespace CoffeePayment.Bench.Measuring;

/// <summary>Percentiles of what was added to a histogram between two readings.</summary>
internal static class BucketPercentile
{
    /// <summary>
    /// The percentile, within its bucket as if values were even there; exact about whether it exceeds a bound of a
    /// bucket. Null if nothing was added.
    /// </summary>
    /// <param name="before">Upper bounds to how many values were at most that, at the beginning.</param>
    /// <param name="after">The same at the end.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double? Of(
        SortedDictionary<double, double> before, SortedDictionary<double, double> after, double share)
    {
        if (after.Count == 0) return null;

        var added = after
            .Select(bucket => (Bound: bucket.Key, Count: bucket.Value - before.GetValueOrDefault(bucket.Key)))
            .ToArray();
        var rank = added[^1].Count * share;
        if (rank <= 0) return null;

        var lower = (Bound: 0d, Count: 0d);
        foreach (var upper in added)
        {
            if (upper.Count >= rank)
            {
                return double.IsInfinity(upper.Bound)
                    ? lower.Bound
                    : lower.Bound + ((upper.Bound - lower.Bound) * (rank - lower.Count) / (upper.Count - lower.Count));
            }

            lower = upper;
        }

        return lower.Bound;
    }
}
