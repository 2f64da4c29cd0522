using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.Worlds;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>What happens to one silo of three, to all of them, or to the API in front of them.</summary>
internal static class SiloFaults
{
    public static readonly IReadOnlyList<Fault> All =
    [
        Fault.In<ClusterWorld>(
            "SIGKILL of a silo",
            Allowance.CommandUnknown,
            static (world, scene) => world.KillAsync(world.AnySilo(scene.Dice))),

        Fault.In<ClusterWorld>(
            "SIGKILL of all silos", Allowance.CommandUnknown, static (world, _) => world.KillAllAsync()),

        // It decides nothing: whoever asked it asks again, and orders live on.
        Fault.In<ClusterWorld>("SIGKILL of the API", Allowance.None, static (world, _) => world.KillApiAsync()),

        // Not long enough for the others to declare it dead.
        Stopped("SIGSTOP of a silo, 3 s", TimeSpan.FromSeconds(3)),

        // Long enough: it comes back to a cluster that has done without it.
        Stopped("SIGSTOP of a silo, 20 s", TimeSpan.FromSeconds(20)),
    ];

    private static Fault Stopped(string name, TimeSpan time) => Fault.In<ClusterWorld>(
        name,
        Allowance.CommandUnknown,
        async (world, scene) =>
        {
            var silo = world.AnySilo(scene.Dice);
            silo.Process.Pause();
            await Pause.ForAsync(time);
            silo.Process.Continue();
        });
}
