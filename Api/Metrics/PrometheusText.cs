using System.Globalization;
using System.Text;

namespace CoffeePayment.Api.Metrics;

/// <summary>
/// Prometheus' text format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
/// </summary>
internal sealed class PrometheusText
{
    public const string MediaType = "text/plain";

    public const string ContentType = MediaType + "; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Tags as labels, sorted, without braces: <c>a="1",b="2"</c>.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tag, value) in tags) labels.TryAdd(MetricNames.Label(tag), ValueOf(value));
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{EscapeValue(label.Value)}\""));
    }

    public void Append(MetricFamily family)
    {
        var series = family.ReadSeries();
        if (series.Count == 0) return;

        var name = family.Definition.Names.Name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(EscapeHelp(family.Definition.Help)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(WireNames.Of(family.Definition.Kind)).Append('\n');
        foreach (var one in series) Append(name, family.Definition.Bounds, one);
    }

    public override string ToString() => _text.ToString();

    private static string ValueOf(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string EscapeValue(string value) => EscapeHelp(value).Replace("\"", "\\\"");

    private static string EscapeHelp(string value) => value.Replace("\\", @"\\").Replace("\n", @"\n");

    private static string Format(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void Append(string name, double[] bounds, MetricSeries series)
    {
        switch (series)
        {
            case SumSeries sum:
                AppendSample(name, series.Labels, Format(sum.Value));
                break;
            case LastSeries last:
                AppendSample(name, series.Labels, Format(last.Value));
                break;
            case HistogramSeries histogram:
                AppendHistogram(name, bounds, histogram);
                break;
        }
    }

    private void AppendHistogram(string name, double[] bounds, HistogramSeries histogram)
    {
        var counts = histogram.ReadCumulative();
        var separator = histogram.Labels.Length == 0 ? "" : ",";
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            var bound = bucket < bounds.Length ? bounds[bucket] : double.PositiveInfinity;
            var labels = $"{histogram.Labels}{separator}le=\"{Format(bound)}\"";
            AppendSample(name + "_bucket", labels, Format(counts[bucket]));
        }

        AppendSample(name + "_sum", histogram.Labels, Format(histogram.Sum));
        AppendSample(name + "_count", histogram.Labels, Format(counts[^1]));
    }

    private void AppendSample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value).Append('\n');
    }
}
