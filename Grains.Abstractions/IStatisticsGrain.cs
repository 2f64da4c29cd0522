using CoffeePayment.Statistics;

namespace CoffeePayment;

/// <summary>Gathers the figures of all silos, in memory: each silo reports its own every few seconds. Key 0.</summary>
[Alias("CoffeePayment.IStatisticsGrain")]
public interface IStatisticsGrain : IGrainWithIntegerKey
{
    /// <summary>Takes one silo's figures; they count until its next report, or until it has been silent for 15 s.</summary>
    [Alias("Report")]
    Task ReportAsync(SiloFigures figures);

    /// <summary>The latest figures of every silo that reports.</summary>
    [Alias("Get")]
    Task<SiloFigures[]> GetAsync();
}
