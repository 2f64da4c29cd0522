using System.Globalization;
using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.Worlds;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>What happens to the Redis of a cluster.</summary>
internal static class RedisFaults
{
    // Some hundreds of orders with a handful of writes each: seconds.
    private static readonly TimeSpan LoadDelayPerKey = TimeSpan.FromMilliseconds(2);

    public static readonly IReadOnlyList<Fault> All =
    [
        Fault.In<ClusterWorld>(
            "Redis SIGKILL",
            Allowance.CommandUnknown,
            static async (world, scene) =>
            {
                world.Redis.Kill();
                await scene.LastAsync(1);
                await world.Redis.RestartAsync();
            }),
        Fault.In<ClusterWorld>(
            "Redis SIGKILL, slow load",
            Allowance.CommandUnknown,
            static async (world, _) =>
            {
                world.Redis.Kill();
                var delay = LoadDelayPerKey.TotalMicroseconds.ToString(CultureInfo.InvariantCulture);
                await world.Redis.RestartAsync("--key-load-delay", delay);
            }),
        Fault.In<ClusterWorld>(
            "Redis SIGSTOP",
            Allowance.CommandUnknown,
            static async (world, scene) =>
            {
                world.Redis.Pause();
                await scene.LastAsync(8);
                world.Redis.Continue();
            }),
        Fault.In<ClusterWorld>(
            "Redis CLIENT KILL",
            Allowance.CommandUnknown,
            static (world, _) => world.Redis.CommandAsync("CLIENT KILL TYPE normal")),
        Fault.In<ClusterWorld>(
            "Redis SCRIPT FLUSH",
            Allowance.None,
            static (world, _) => world.Redis.CommandAsync("SCRIPT FLUSH"))
        with
        {
            LeavesItReady = true,
        },
    ];
}
