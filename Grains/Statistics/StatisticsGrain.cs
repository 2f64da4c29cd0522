using CoffeePayment.Statistics;
using Microsoft.Extensions.DependencyInjection;

namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// Keeps the latest report and the last hour of every silo in memory; a new activation knows them all within seconds,
/// but for the hour of silos that are gone.
/// </summary>
[GrainType("statistics")]
public sealed class StatisticsGrain([FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time)
    : Grain, IStatisticsGrain
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, SiloFigures> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<DateTimeOffset, SiloPoint>> _history =
        new(StringComparer.Ordinal);

    public Task ReportAsync(SiloFigures figures)
    {
        _latest[figures.Silo] = figures;
        DropSilent();
        return Task.CompletedTask;
    }

    public Task<SiloFigures[]> GetAsync()
    {
        DropSilent();
        return Task.FromResult(_latest.Values.OrderBy(figures => figures.Silo).ToArray());
    }

    public Task<bool> RecordAsync(SiloHistory history)
    {
        var isKnown = _history.TryGetValue(history.Silo, out var points);
        if (!isKnown) _history[history.Silo] = points = [];
        foreach (var point in history.Points) points!.TryAdd(point.At, point);
        DropOld();
        return Task.FromResult(isKnown);
    }

    public Task<SiloHistory[]> GetHistoryAsync(DateTimeOffset? after)
    {
        DropOld();
        var histories = _history
            .Select(pair => new SiloHistory(
                pair.Key, pair.Value.Values.Where(point => after is null || point.At > after).ToArray()))
            .OrderBy(history => history.Silo, StringComparer.Ordinal);
        return Task.FromResult(histories.ToArray());
    }

    private void DropSilent()
    {
        var oldest = time.GetUtcNow() - SilenceMax;
        foreach (var silent in _latest.Values.Where(figures => figures.At < oldest).ToList())
            _latest.Remove(silent.Silo);
    }

    private void DropOld()
    {
        var oldest = time.GetUtcNow() - SiloPoint.Span;
        foreach (var (silo, points) in _history.ToList())
        {
            foreach (var at in points.Keys.TakeWhile(at => at < oldest).ToList()) points.Remove(at);
            if (points.Count == 0) _history.Remove(silo);
        }
    }
}
