using System.Diagnostics.Metrics;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>What the writer tells about itself: its commits and its queue.</summary>
internal sealed class SqliteInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CoffeePayment.Sqlite";

    private readonly Meter _meter;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _commitWrites;
    private readonly Counter<long> _failedWrites;

    /// <summary>Creates the meter and what is on it.</summary>
    /// <param name="factory">Makes the meter; null where nobody listens through one.</param>
    /// <param name="path">The database's file.</param>
    /// <param name="queueLength">Asked whenever somebody collects.</param>
    public SqliteInstruments(IMeterFactory? factory, string path, Func<int> queueLength)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _commitDuration = _meter.CreateHistogram<double>(
            "coffee.sqlite.commit.duration",
            "s",
            "How long a transaction took, from its first write until it was durable.");
        _commitWrites = _meter.CreateHistogram<int>(
            "coffee.sqlite.commit.writes", "{write}", "How many writes one transaction carried.");
        _failedWrites = _meter.CreateCounter<long>(
            "coffee.sqlite.writes.failed", "{write}", "Writes whose transaction failed.");
        _meter.CreateObservableGauge(
            "coffee.sqlite.queue.length", queueLength, "{write}", "Writes that wait for the writer.");
        _meter.CreateObservableGauge(
            "coffee.sqlite.size", () => SizeOf(path) + SizeOf(path + "-wal"), "By", "The database with its log.");
        _meter.CreateObservableGauge(
            "coffee.sqlite.disk.free",
            () => new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace,
            "By",
            "What is free on the database's disk.");
    }

    public void Committed(TimeSpan duration, int writes)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _commitWrites.Record(writes);
    }

    public void Failed(int writes) => _failedWrites.Add(writes);

    public void Dispose() => _meter.Dispose();

    private static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
