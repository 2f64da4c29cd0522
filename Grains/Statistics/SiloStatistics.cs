using CoffeePayment.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace CoffeePayment.Grains.Statistics;

/// <summary>This silo's own figures, kept where the checks happen and read every few seconds.</summary>
public sealed class SiloStatistics
{
    private readonly LatencyHistogram _lateness;
    private readonly long[] _ordersByTrack = new long[Enum.GetValues<Track>().Length];
    private long _checks;

    public SiloStatistics([FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time)
    {
        _lateness = new LatencyHistogram(time);
        StartedAt = time.GetUtcNow();
    }

    /// <summary>When the counting began: the start of the process, near enough.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Checks started since then.</summary>
    public long Checks => Interlocked.Read(ref _checks);

    /// <summary>The checks under way.</summary>
    public ActiveChecks UnderWay { get; } = new();

    /// <summary>
    /// Orders that are looked after here, by track. Late ones have no activation, so they are not among them.
    /// </summary>
    public Dictionary<Track, long> OrdersByTrack => new()
    {
        [Track.Fast] = Interlocked.Read(ref _ordersByTrack[(int)Track.Fast]),
        [Track.Slow] = Interlocked.Read(ref _ordersByTrack[(int)Track.Slow]),
    };

    /// <summary>How many checks started over the last minute, and how late after they were due.</summary>
    public LatencyFigures Lateness => _lateness.Snapshot();

    /// <summary>
    /// A check started so long after it was due; a hinted one, which was not due yet, counts as on time.
    /// </summary>
    public void CheckStarted(TimeSpan lateness)
    {
        Interlocked.Increment(ref _checks);
        _lateness.Record(lateness);
    }

    /// <summary>An order came to a track, or left it; null is no track.</summary>
    public void AddToTrack(Track? track, long change)
    {
        if (track is { } known) Interlocked.Add(ref _ordersByTrack[(int)known], change);
    }
}
