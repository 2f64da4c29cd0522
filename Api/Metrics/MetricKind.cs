namespace CoffeePayment.Api.Metrics;

/// <summary>What Prometheus calls a metric's type.</summary>
internal enum MetricKind
{
    /// <summary>Only grows while the process lives.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>How often measurements fell under which bound.</summary>
    Histogram,
}
