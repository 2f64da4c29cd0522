using System.Globalization;

namespace CoffeePayment.Bench.Reporting;

/// <summary>How figures are written for people.</summary>
internal static class Numbers
{
    /// <summary>Three significant digits or more, thousands separated.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>The value with its unit.</summary>
    public static string Text(double value, string unit) => unit.Length == 0 ? Text(value) : $"{Text(value)} {unit}";
}
