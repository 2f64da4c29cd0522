using Orleans.Concurrency;

namespace CoffeePayment;

/// <summary>
/// Restarts the orders whose check is overdue because the silo that held them died, makes the late checks, and deletes
/// what is past its retention. One in the cluster, key 0.
/// </summary>
[Alias("CoffeePayment.IOrphanSweeperGrain")]
public interface IOrphanSweeperGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Makes sure that the reminder which drives the sweeps exists, with the period in force, and sweeps soon: what
    /// each silo calls when it starts.
    /// </summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Sweeps now. A call during a sweep waits for it and makes one of its own.</summary>
    [Alias("Sweep")]
    Task<SweepReport> SweepAsync();

    /// <summary>
    /// Restarts what a silo that the cluster has declared dead may have held: whatever is due within one fast interval,
    /// now and once more an interval later. However many silos ask for the same dead one, it costs one takeover.
    /// </summary>
    /// <param name="deadSilo">The silo's address, which no later silo has.</param>
    [Alias("TakeOver")]
    Task TakeOverAsync(string deadSilo);

    /// <summary>What happens by itself and how often, by the settings of the silo that it runs in.</summary>
    [AlwaysInterleave]
    [Alias("Describe")]
    Task<WorkPlan> DescribeAsync();
}
