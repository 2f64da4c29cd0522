using System.Text;

namespace CoffeePayment.Api.Metrics;

/// <summary>
/// An instrument's name as Prometheus wants it: words joined by underscores, the base unit last, counters ending in
/// <c>_total</c> (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/).
/// </summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Factor">What measurements are multiplied with to be in the base unit.</param>
internal readonly record struct MetricNames(string Name, double Factor)
{
    public static MetricNames Of(string instrument, string? unit, MetricKind kind)
    {
        var (suffix, factor) = BaseUnit(unit);
        var name = Sanitize(instrument);
        if (kind == MetricKind.Gauge) name = WithoutCount(name);
        if (kind == MetricKind.Counter) name = WithoutSuffix(name, "_total");
        if (suffix.Length > 0) name = WithoutSuffix(name, suffix) + suffix;
        return new(kind == MetricKind.Counter ? name + "_total" : name, factor);
    }

    /// <summary>A label's name: letters, digits and underscores, and none that Prometheus keeps for itself.</summary>
    public static string Label(string tag)
    {
        var name = Sanitize(tag);
        return name is "le" or "quantile" ? "tag_" + name : name;
    }

    private static (string Suffix, double Factor) BaseUnit(string? unit) => unit switch
    {
        "s" => ("_seconds", 1),
        "ms" => ("_seconds", 1e-3),
        "us" => ("_seconds", 1e-6),
        "ns" => ("_seconds", 1e-9),
        "By" => ("_bytes", 1),
        "%" => ("_ratio", 1e-2),
        _ => ("", 1),
    };

    /// <summary>
    /// A gauge must not end in <c>_count</c>, which belongs to histograms: <c>timer_count</c> is <c>timers</c>.
    /// </summary>
    private static string WithoutCount(string name)
    {
        const string Count = "_count";
        if (!name.EndsWith(Count, StringComparison.Ordinal)) return name;

        var singular = name[..^Count.Length];
        return singular.EndsWith('y') ? singular[..^1] + "ies" : singular + "s";
    }

    private static string WithoutSuffix(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    private static string Sanitize(string name)
    {
        var sanitized = new StringBuilder(name.Length + 1);
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) sanitized.Append('_');
        foreach (var c in name)
        {
            var isWord = char.IsAsciiLetterOrDigit(c);
            if (isWord) sanitized.Append(c);
            else if (sanitized.Length == 0 || sanitized[^1] != '_') sanitized.Append('_');
        }

        return sanitized.ToString();
    }
}
