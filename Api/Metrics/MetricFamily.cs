using System.Collections.Concurrent;

namespace CoffeePayment.Api.Metrics;

/// <summary>All series of one metric.</summary>
internal sealed class MetricFamily
{
    /// <summary>How many series are kept. What comes on top is counted in one series that says so.</summary>
    public const int SeriesMax = 1000;

    /// <summary>The same tags in another order are another entry, so there can be more of these than series.</summary>
    private const int TagSetsMax = 4 * SeriesMax;

    private const string OverflowLabels = "otel_metric_overflow=\"true\"";

    private readonly MetricDefinition _definition;
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags =
        new(new TagSetComparer());
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>
        .AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly Lock _adding = new();
    private readonly SortedDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private int _tagSets;
    private MetricSeries? _untagged;

    public MetricFamily(MetricDefinition definition)
    {
        _definition = definition;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public MetricDefinition Definition => _definition;

    /// <summary>
    /// Takes one measurement. Called thousands of times a second: no lock and no allocation on the way.
    /// </summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = tags.IsEmpty ? _untagged : _lookup.TryGetValue(tags, out var found) ? found : null;
        (series ?? AddSeries(tags)).Record(value * _definition.Names.Factor);
    }

    /// <summary>Forgets what the last observation found, so that what is gone by now is not told again.</summary>
    public void BeginObservation()
    {
        if (!_definition.IsObserved) return;

        lock (_adding)
        {
            _byTags.Clear();
            _byLabels.Clear();
            _tagSets = 0;
            _untagged = null;
        }
    }

    /// <summary>The series, by their labels.</summary>
    public IReadOnlyList<MetricSeries> ReadSeries()
    {
        lock (_adding) return [.. _byLabels.Values];
    }

    private MetricSeries AddSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            var labels = PrometheusText.Labels(tags);
            if (!_byLabels.TryGetValue(labels, out var series))
            {
                if (_byLabels.Count >= SeriesMax && labels.Length > 0) labels = OverflowLabels;
                if (!_byLabels.TryGetValue(labels, out series))
                    _byLabels.Add(labels, series = _definition.NewSeries(labels));
            }

            if (tags.IsEmpty) _untagged = series;
            else if (_tagSets < TagSetsMax && _lookup.TryAdd(tags, series)) _tagSets++;
            return series;
        }
    }
}
