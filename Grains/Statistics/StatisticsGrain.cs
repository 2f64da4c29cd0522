using CoffeePayment.Statistics;
using Microsoft.Extensions.DependencyInjection;

namespace CoffeePayment.Grains.Statistics;

/// <summary>Keeps the latest report of every silo in memory; a new activation knows them all within seconds.</summary>
[GrainType("statistics")]
public sealed class StatisticsGrain([FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time)
    : Grain, IStatisticsGrain
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, SiloFigures> _latest = new(StringComparer.Ordinal);

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

    private void DropSilent()
    {
        var oldest = time.GetUtcNow() - SilenceMax;
        foreach (var silent in _latest.Values.Where(figures => figures.At < oldest).ToList())
            _latest.Remove(silent.Silo);
    }
}
