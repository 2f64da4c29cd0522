using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.Worlds;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>What happens to the single process.</summary>
internal static class ProcessFaults
{
    private const int Callers = 50;

    public static readonly IReadOnlyList<Fault> All =
    [
        Fault.In<LoneWorld>(
            "SIGKILL",
            Allowance.CommandUnknown,
            static async (world, scene) =>
            {
                await world.KillAsync();
                await scene.LastAsync(scene.Dice.NextDouble() * 3);
                await world.KillAsync();
            }),
        Fault.In<LoneWorld>(
            "SIGKILL, torn log",
            Allowance.CommandUnknown,
            static (world, scene) => world.KillAsync(() => TearLog(world, scene.Dice))),
        Fault.In<LoneWorld>("SIGSTOP", Allowance.CommandUnknown, StopAsync),
        Fault.In<LoneWorld>(
            "no file descriptors",
            Allowance.CommandUnknown | Allowance.CommandRefused | Allowance.GivenUp,
            ExhaustDescriptorsAsync),
    ];

    // 20 s in a big campaign: longer than the storage may take.
    private static async Task StopAsync(LoneWorld world, Scene scene)
    {
        world.Service.Pause();
        await scene.LastAsync(scene.IsBig ? 13 : 6);
        world.Service.Continue();
    }

    // The end of a commit that had not been synced when the power went: a part of a frame, or nonsense.
    private static void TearLog(LoneWorld world, Random dice)
    {
        using var log = new FileStream(world.DatabasePath + "-wal", FileMode.Append);
        log.Write(RandomNumberGenerator.GetBytes(dice.Next(1, 20_000)));
    }

    private static async Task ExhaustDescriptorsAsync(LoneWorld world, Scene scene)
    {
        using var limit = world.ExhaustDescriptors();
        var callers = Enumerable.Range(0, Callers).Select(_ => new TcpClient()).ToList();
        try
        {
            foreach (var caller in callers) await caller.ConnectAsync(IPAddress.Loopback, world.Door.Port);
            await scene.LastAsync(4);
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }
}
