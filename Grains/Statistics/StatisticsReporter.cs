using CoffeePayment.Ports;
using CoffeePayment.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoffeePayment.Grains.Statistics;

/// <summary>Tells <see cref="IStatisticsGrain"/> every two seconds how this silo is doing.</summary>
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
            ChecksPerSecond = Math.Round(statistics.ChecksPerSecond, 1),
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
                await grains.GetGrain<IStatisticsGrain>(0).ReportAsync(Snapshot());
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Figures are a view, not the work: a report that is lost is made up for by the next.
                LogNotReported(logger, exception);
            }
        }
    }

    [LoggerMessage(1201, LogLevel.Debug, "The silo's figures were not reported")]
    private static partial void LogNotReported(ILogger logger, Exception exception);
}
