using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CoffeePayment.Api.Metrics;

/// <summary>
/// Listens to the process's instruments and tells their values in Prometheus' text format. Small and our own because
/// the exporter that OpenTelemetry has for it never left preview.
/// </summary>
internal sealed partial class MetricsCollector : IDisposable
{
    private static readonly string[] Meters =
    [
        "CoffeePayment",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    private readonly IMeterFactory _meters;
    private readonly ILogger<MetricsCollector> _logger;
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();

    public MetricsCollector(IMeterFactory meters, ILogger<MetricsCollector> logger)
    {
        _meters = meters;
        _logger = logger;
        _listener.InstrumentPublished = Enable;
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) =>
            Record((double)value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(value, tags, state));
    }

    /// <summary>From here on measurements count.</summary>
    public void Start() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    /// <summary>All metrics, in Prometheus' text format.</summary>
    public string Collect()
    {
        lock (_collecting)
        {
            foreach (var family in _families.Values) family.BeginObservation();
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException exception)
            {
                // Whatever could be observed has been; one broken instrument must not hide the others.
                LogUnobserved(exception);
            }

            var text = new PrometheusText();
            foreach (var (_, family) in _families.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                text.Append(family);
            return text.ToString();
        }
    }

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((MetricFamily)state!).Record(value, tags);

    private void Enable(Instrument instrument, MeterListener listener)
    {
        if (!IsWanted(instrument.Meter) || MetricDefinition.Of(instrument) is not { } definition) return;

        // Meters are made more than once in a process; their instruments of one name and kind are one metric.
        var family = _families.GetOrAdd(definition.Names.Name, _ => new MetricFamily(definition));
        if (family.Definition.Kind == definition.Kind && family.Definition.IsObserved == definition.IsObserved)
            listener.EnableMeasurementEvents(instrument, family);
    }

    /// <summary>Whether it is one of ours, and not of another host in this process, as tests have them.</summary>
    private bool IsWanted(Meter meter) =>
        (meter.Scope is null || ReferenceEquals(meter.Scope, _meters))
        && Meters.Any(name => meter.Name.StartsWith(name, StringComparison.Ordinal));

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "Some metrics could not be observed")]
    private partial void LogUnobserved(Exception exception);
}
