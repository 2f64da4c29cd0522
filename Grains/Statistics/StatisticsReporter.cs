using CoffeePayment.Ports;
using CoffeePayment.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// Tells <see cref="IStatisticsGrain"/> every two seconds how this silo is doing, and every ten how it went. The silo
/// keeps its last hour itself, so that it outlives the grain's activation.
/// </summary>
public sealed partial class StatisticsReporter(
    SiloStatistics statistics,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time,
    ILogger<StatisticsReporter> logger,
    IProviderHealth? providers = null) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private const int LongestChecksMax = 64;

    private readonly HistoryRing _history = new();
    private bool _isRecorded;

    /// <summary>The figures as they are now.</summary>
    public SiloFigures Snapshot()
    {
        var lateness = statistics.Lateness;
        return new SiloFigures
        {
            Silo = silo.SiloAddress.ToString(),
            At = time.GetUtcNow(),
            StartedAt = statistics.StartedAt,
            OrdersByTrack = statistics.OrdersByTrack,
            Checks = statistics.Checks,
            ChecksPerSecond = Math.Round(lateness.PerSecond, 1),
            LatenessP50Ms = lateness.P50.TotalMilliseconds,
            LatenessP99Ms = lateness.P99.TotalMilliseconds,
            Providers = [.. providers?.Snapshot() ?? []],
            ChecksUnderWay = statistics.UnderWay.Count,
            LongestChecks = statistics.UnderWay.Longest(LongestChecksMax),
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReportAsync(Snapshot());
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Figures are a view, not the work: a report that is lost is made up for by the next.
                LogNotReported(logger, exception);
            }
        }
    }

    private async Task ReportAsync(SiloFigures figures)
    {
        // Kept first: what cannot be told now is told with the next point.
        var point = _history.Sample(figures);
        var wasRecorded = _isRecorded;
        _isRecorded &= point is null;

        var gatherer = grains.GetGrain<IStatisticsGrain>(0);
        await gatherer.ReportAsync(figures);
        if (point is null && wasRecorded) return;

        var isKnown = wasRecorded && await gatherer.RecordAsync(new SiloHistory(figures.Silo, [point!]));
        if (!isKnown) await gatherer.RecordAsync(new SiloHistory(figures.Silo, _history.Points));
        _isRecorded = true;
    }

    [LoggerMessage(1201, LogLevel.Debug, "The silo's figures were not reported")]
    private static partial void LogNotReported(ILogger logger, Exception exception);
}
