using CoffeePayment.Tests.Faults.Kinds;
using CoffeePayment.Tests.Faults.Worlds;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>A world, and the faults that befall it one after another. Lanes run beside each other.</summary>
internal sealed record Lane(Func<Task<World>> StartAsync, IReadOnlyList<Fault> Faults)
{
    /// <summary>Every fault there is.</summary>
    public static readonly IReadOnlyList<Lane> All =
    [
        new(async () => await ClusterWorld.StartAsync(), SiloFaults.All),
        new(async () => await ClusterWorld.StartAsync(), RedisFaults.All),
        new(async () => await LoneWorld.StartAsync(), ProcessFaults.All),
        new(async () => await LoneWorld.StartAsync(await SmallDisk.CreateAsync(DiskUse.Data)), DiskFaults.OfData),
        new(async () => await LoneWorld.StartAsync(await SmallDisk.CreateAsync(DiskUse.Log)), DiskFaults.OfLog),
        new(async () => await LoneWorld.StartAsync(), [.. ProviderFaults.All.Where((_, i) => i % 2 == 0)]),
        new(async () => await LoneWorld.StartAsync(), [.. ProviderFaults.All.Where((_, i) => i % 2 == 1)]),
        new(async () => await LoneWorld.StartAsync(), MachineFaults.All),
    ];
}
