using System.Diagnostics.Metrics;

namespace CoffeePayment.Hosting.Redis;

/// <summary>What is measured of Redis as this process reaches it.</summary>
internal sealed class RedisInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CoffeePayment.Redis";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;

    /// <summary>Creates the meter and what is on it.</summary>
    /// <param name="factory">Makes the meter; null where nobody listens through one.</param>
    /// <param name="queueLength">Asked whenever somebody collects.</param>
    public RedisInstruments(IMeterFactory? factory, Func<int> queueLength)
    {
        var meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _duration = meter.CreateHistogram(
            "coffee.redis.command.duration",
            "s",
            "From sending Redis a command, of one caller or of many, to its answer.",
            advice: Seconds);
        _failures = meter.CreateCounter<long>(
            "coffee.redis.failures", "{call}", "Calls that Redis did not answer in time, or refused.");
        meter.CreateObservableGauge(
            "coffee.redis.queue.length", queueLength, "{call}", "Calls that wait for a command to share.");
    }

    /// <summary>Redis has answered a command that was sent at that timestamp.</summary>
    public void Answered(long sentAt) =>
        _duration.Record(TimeProvider.System.GetElapsedTime(sentAt).TotalSeconds);

    /// <summary>Redis has failed somebody.</summary>
    public void Failed() => _failures.Add(1);
}
