using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Bench.Processes;

/// <summary>What keeps asking about pending orders: the service, or the bare loop that it is compared with.</summary>
internal interface ICheckedOrders : IAsyncDisposable
{
    /// <summary>What it is, for the table.</summary>
    string Name { get; }

    /// <summary>CPU time used so far by whoever does the checks.</summary>
    TimeSpan CpuTime { get; }

    /// <summary>CPU time used so far by the Redis beside it; null if there is none.</summary>
    TimeSpan? RedisCpuTime { get; }

    /// <summary>How many orders there are.</summary>
    int Orders { get; }

    /// <summary>Adds orders, their phases spread evenly; returns when all are there.</summary>
    Task AddAsync(int count, TimeSpan over, CancellationToken stop);

    /// <summary>The service's own figures; null of the bare loop.</summary>
    Task<MetricsText?> ReadMetricsAsync(CancellationToken stop);
}
