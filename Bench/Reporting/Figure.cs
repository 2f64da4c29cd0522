using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Bench.Reporting;

/// <summary>One line of the table.</summary>
/// <param name="Group">The group of rows, as <c>--only</c> names it.</param>
/// <param name="Name">What was measured.</param>
/// <param name="On">On which storage and how many silos, or what else.</param>
/// <param name="Value">The figure; the median where it was measured several times.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record Figure(string Group, string Name, string On, double Value, string Unit)
{
    /// <summary>The figure against the same one of the bare loop, in this run; null if there is none.</summary>
    public double? Ratio { get; init; }

    /// <summary>How far the repeats lie apart, as a share of the median; null if it was measured once.</summary>
    public double? Spread { get; init; }

    /// <summary>What is to be reached; null if nothing is.</summary>
    public Target? Wanted { get; init; }

    /// <summary>What should be known besides; null if nothing.</summary>
    public string? Note { get; init; }

    /// <summary>One that was measured several times, or once.</summary>
    public static Figure OfRepeats(
        string group, string name, string on, IReadOnlyCollection<double> values, string unit) =>
        new(group, name, on, Percentiles.Median(values), unit)
        {
            Spread = values.Count > 1 ? Percentiles.Spread(values) : null,
        };

    /// <summary>Whether what is wanted is reached; null if nothing is wanted.</summary>
    public bool? IsReached => Wanted?.IsReached(Wanted.IsOfRatio ? Ratio ?? double.NaN : Value);
}

/// <summary>What a figure, or its ratio to the bare loop's, is to reach.</summary>
internal sealed record Target(double Bound, bool IsAtMost, bool IsOfRatio = false)
{
    public static Target AtMost(double bound) => new(bound, IsAtMost: true);

    public static Target AtLeast(double bound) => new(bound, IsAtMost: false);

    public static Target RatioAtMost(double bound) => new(bound, IsAtMost: true, IsOfRatio: true);

    public bool IsReached(double value) => IsAtMost ? value <= Bound : value >= Bound;
}
