using System.Globalization;
using System.Text.RegularExpressions;

namespace CoffeePayment.Hosting.Settings;

/// <summary>How the values of settings are written.</summary>
internal static partial class SettingParsers
{
    private const int LateChecksMax = 50;

    /// <summary>A decimal number of some unit of time.</summary>
    public static SettingParser<TimeSpan> Time(TimeSpan unit, decimal least, decimal most) =>
        (string text, out TimeSpan value) =>
        {
            value = default;
            if (!TryNumber(text, out var number) || number < least || number > most) return false;

            value = TimeSpan.FromTicks((long)(number * unit.Ticks));
            return true;
        };

    public static SettingParser<int> Whole(int least, int most) =>
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value >= least && value <= most;

    public static bool TrueOrFalse(string text, out bool value) => bool.TryParse(text, out value);

    /// <summary>One of the words, whatever their case.</summary>
    public static SettingParser<T> OneOf<T>(params (string Word, T Value)[] words) =>
        (string text, out T value) =>
        {
            foreach (var (word, meant) in words)
            {
                value = meant;
                if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return true;
            }

            value = default!;
            return false;
        };

    /// <summary>A text that the pattern matches as a whole.</summary>
    public static SettingParser<T> Matching<T>(Regex pattern)
        where T : class? =>
        (string text, out T value) =>
        {
            value = (T)(object)text;
            return pattern.IsMatch(text);
        };

    public static bool AnyPath(string text, out string value)
    {
        value = text;
        return !text.Contains('\0', StringComparison.Ordinal);
    }

    /// <summary><c>5m,1h,6h,24h</c>: ascending, units s, m, h and d; an empty text is no times at all.</summary>
    public static bool AscendingTimes(string text, out IReadOnlyList<TimeSpan> value)
    {
        var times = new List<TimeSpan>();
        value = times;
        if (text.Length == 0) return true;

        foreach (var part in text.Split(','))
        {
            if (times.Count == LateChecksMax || !TryDuration(part, out var time)) return false;
            if (time <= (times.Count == 0 ? TimeSpan.Zero : times[^1])) return false;

            times.Add(time);
        }

        return true;
    }

    private static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        var match = DurationPattern().Match(text);
        if (!match.Success || !TryNumber(match.Groups["number"].Value, out var number)) return false;

        var unit = match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        if (number > (decimal)(TimeSpan.FromDays(365) / unit)) return false;

        value = TimeSpan.FromTicks((long)(number * unit.Ticks));
        return true;
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"\A\s*(?<number>[0-9]{1,9}(\.[0-9]{1,6})?)\s*(?<unit>[smhd])\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationPattern();

    /// <summary>The ids of clusters, services and merchants: they become part of keys and addresses.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\z")]
    public static partial Regex IdPattern();

    /// <summary>What can go into an HTTP header as it is.</summary>
    [GeneratedRegex(@"\A[!-+\x2D-~]{1,500}\z")]
    public static partial Regex SecretPattern();
}
