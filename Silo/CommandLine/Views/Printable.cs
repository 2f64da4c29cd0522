using System.Globalization;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>Values as people read them.</summary>
internal static class Printable
{
    /// <summary>
    /// A text in one line and without control characters, whatever came from outside: terminals obey those.
    /// </summary>
    public static string Line(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    /// <summary>A time where the terminal is, with its offset from UTC; null if there is none.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>
    /// A length of time in the largest unit that it fills: <c>350 ms</c>, <c>4.2 s</c>, <c>7 min</c>.
    /// </summary>
    public static string Duration(TimeSpan time) => time.Duration() switch
    {
        var t when t < TimeSpan.FromSeconds(1) => Number(t.TotalMilliseconds, "0", "ms"),
        var t when t < TimeSpan.FromMinutes(2) => Number(t.TotalSeconds, "0.#", "s"),
        var t when t < TimeSpan.FromHours(2) => Number(t.TotalMinutes, "0", "min"),
        var t when t < TimeSpan.FromDays(2) => Number(t.TotalHours, "0.#", "h"),
        var t => Number(t.TotalDays, "0", "d"),
    };

    public static string Milliseconds(double milliseconds) =>
        milliseconds < 1000
            ? Number(milliseconds, "0.#", "ms")
            : Duration(TimeSpan.FromMilliseconds(milliseconds));

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double rate) => rate.ToString("N1", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0.# %", CultureInfo.InvariantCulture);

    /// <summary>Minor units as an amount: nearly every currency has two decimals, and all that are used here.</summary>
    public static string Money(long minorUnits, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{minorUnits / 100m:N2} {currency}");

    private static string Number(double number, string format, string unit) =>
        $"{number.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
