using CoffeePayment.Statistics;

namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// The last hour of one silo, a point every ten seconds: at most 361 of them, whatever happens. One thread at a time.
/// </summary>
public sealed class HistoryRing
{
    private readonly Queue<SiloPoint> _points = new();
    private SiloFigures? _last;

    /// <summary>The points of the last hour, oldest first.</summary>
    public SiloPoint[] Points => [.. _points];

    /// <summary>
    /// Takes the silo's figures, as often as they are known, and makes a point of the first after each interval's end.
    /// </summary>
    /// <returns>The new point; null if its time has not come, or if there is nothing yet to compare with.</returns>
    public SiloPoint? Sample(SiloFigures figures)
    {
        var at = FloorOf(figures.At);
        if (_last is { } last && at <= FloorOf(last.At)) return null;

        var point = _last is null ? null : PointOf(at, _last, figures);
        _last = figures;
        if (point is not null) Keep(point);
        return point;
    }

    private static SiloPoint PointOf(DateTimeOffset at, SiloFigures before, SiloFigures now)
    {
        var requests = now.Providers.Sum(provider => provider.Requests);
        var errors = now.Providers.Sum(provider => provider.Requests * provider.ErrorRate);
        return new SiloPoint
        {
            At = at,
            Fast = now.OrdersByTrack.GetValueOrDefault(CoffeePayment.Orders.Track.Fast),
            Slow = now.OrdersByTrack.GetValueOrDefault(CoffeePayment.Orders.Track.Slow),
            ChecksPerSecond = Math.Round((now.Checks - before.Checks) / (now.At - before.At).TotalSeconds, 1),
            LatenessP50Ms = now.LatenessP50Ms,
            LatenessP99Ms = now.LatenessP99Ms,
            ProviderRequests = requests,
            ProviderErrorRate = requests == 0 ? 0 : errors / requests,
            ProviderLatencyP99Ms = now.Providers.Select(provider => provider.LatencyP99Ms).DefaultIfEmpty().Max(),
            Circuit = now.Providers.Select(provider => provider.Circuit).DefaultIfEmpty().MaxBy(Badness),
        };
    }

    private static DateTimeOffset FloorOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % SiloPoint.Interval.Ticks), TimeSpan.Zero);

    private static int Badness(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };

    private void Keep(SiloPoint point)
    {
        _points.Enqueue(point);
        while (_points.Peek().At < point.At - SiloPoint.Span) _points.Dequeue();
    }
}
