using CoffeePayment.Statistics;

namespace CoffeePayment;

/// <summary>
/// Gathers the figures of all silos, in memory: each silo reports its own every few seconds, and records how they
/// went. Key 0.
/// </summary>
[Alias("CoffeePayment.IStatisticsGrain")]
public interface IStatisticsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Takes one silo's figures; they count until its next report, or until it has been silent for 15 s.
    /// </summary>
    [Alias("Report")]
    Task ReportAsync(SiloFigures figures);

    /// <summary>The latest figures of every silo that reports.</summary>
    [Alias("Get")]
    Task<SiloFigures[]> GetAsync();

    /// <summary>Takes points of one silo's last hour; one that is there already is left as it is.</summary>
    /// <returns>
    /// Whether it knew points of this silo before. If not, it has just been activated, and wants all that the silo has.
    /// </returns>
    [Alias("Record")]
    Task<bool> RecordAsync(SiloHistory history);

    /// <summary>The last hour of every silo that has recorded any of it, those that are gone included.</summary>
    /// <param name="after">Only points later than this; null for all.</param>
    [Alias("GetHistory")]
    Task<SiloHistory[]> GetHistoryAsync(DateTimeOffset? after);
}
