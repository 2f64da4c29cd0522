using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.Worlds;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>What happens to the disk of the single process.</summary>
internal static class DiskFaults
{
    public static readonly IReadOnlyList<Fault> OfData = [Full(), FullAndKilled(), ReadOnly()];

    public static readonly IReadOnlyList<Fault> OfLog = [LogFull()];

    private static Fault Full() => Fault.In<LoneWorld>(
        "disk full",
        Allowance.CommandUnknown,
        static async (world, scene) =>
        {
            world.Disk!.Fill();
            await scene.LastNotReadyAsync(5, "the disk is full");
            world.Disk.Free();
        });

    private static Fault FullAndKilled() => Fault.In<LoneWorld>(
        "disk full, SIGKILL",
        Allowance.CommandUnknown,
        static async (world, scene) =>
        {
            world.Disk!.Fill();
            await scene.LastAsync(1.5);
            await world.KillAsync();
            await scene.LastAsync(4);
            world.Disk.Free();
        });

    private static Fault ReadOnly() => Fault.In<LoneWorld>(
        "read-only disk at start",
        Allowance.CommandUnknown,
        static async (world, scene) =>
        {
            await world.KillAsync(() => world.Disk!.Remount("ro"));
            await scene.LastAsync(4);
            world.Disk!.Remount("rw");
        });

    private static Fault LogFull() => Fault.In<LoneWorld>(
        "log disk full",
        Allowance.None,
        static async (world, scene) =>
        {
            world.Disk!.Fill();
            await scene.LastAsync(5);
            world.Disk.Free();
        }) with
    {
        LeavesItReady = true,
    };
}
