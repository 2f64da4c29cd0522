using System.Globalization;

namespace CoffeePayment.Bench.Measuring;

/// <summary>What a silo's <c>/metrics</c> says, in Prometheus' text format.</summary>
internal sealed class MetricsText
{
    private readonly Dictionary<string, double> _values;

    private MetricsText(Dictionary<string, double> values) => _values = values;

    /// <summary>Reads samples; of several silos the same ones are summed up.</summary>
    public static MetricsText Parse(IEnumerable<string> texts)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in texts.SelectMany(static text => text.Split('\n')))
        {
            var blank = line.LastIndexOf(' ');
            if (blank < 0 || line.StartsWith('#')) continue;
            if (!double.TryParse(line.AsSpan(blank + 1), CultureInfo.InvariantCulture, out var value)) continue;

            var sample = line[..blank];
            values[sample] = values.GetValueOrDefault(sample) + value;
        }

        return new MetricsText(values);
    }

    /// <summary>All samples of that name, whatever their labels, summed up.</summary>
    public double Sum(string name) =>
        _values.Where(sample => NameOf(sample.Key).SequenceEqual(name)).Sum(static sample => sample.Value);

    /// <summary>
    /// The buckets of a histogram that has no labels of its own, upper bound to how many are below it.
    /// </summary>
    public SortedDictionary<double, double> Buckets(string name)
    {
        const string Bound = "le=\"";
        var buckets = new SortedDictionary<double, double>();
        foreach (var (sample, value) in _values)
        {
            if (!NameOf(sample).SequenceEqual(name + "_bucket")) continue;

            var start = sample.IndexOf(Bound, StringComparison.Ordinal) + Bound.Length;
            var text = sample[start..sample.IndexOf('"', start)];
            var bound = text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
            buckets[bound] = buckets.GetValueOrDefault(bound) + value;
        }

        return buckets;
    }

    private static ReadOnlySpan<char> NameOf(string sample)
    {
        var brace = sample.IndexOf('{');
        return brace < 0 ? sample : sample.AsSpan(0, brace);
    }
}
