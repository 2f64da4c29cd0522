using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.StandIns;
using CoffeePayment.Tests.Faults.Worlds;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>What the machines do, all of them at once; the service itself is well all the while.</summary>
internal static class MachineFaults
{
    private const double Seconds = 3;

    public static readonly IReadOnlyList<Fault> All =
    [
        Answers("machine hangs", Misbehaviour.HangAsync),
        Answers("machine hangs up", Misbehaviour.HangUpAsync),
        Answers("machine breaks off", Misbehaviour.BreakOffAsync),
        Answers("machine 5xx", Misbehaviour.Status(500, 502, 503)),
        Lasting(
            "machine refuses commands",
            Allowance.CommandRefused,
            static world => world.Machine.Refuse(true),
            static world => world.Machine.Refuse(false)),
        new("machine refuses connections", Allowance.CommandRefused | Allowance.CommandUnknown, static async scene =>
        {
            await scene.World.Machine.StopListeningAsync();
            await scene.LastAsync(Seconds);
            await scene.World.Machine.ListenAgainAsync();
        })
        {
            LeavesItReady = true,
        },
    ];

    private static Fault Answers(string name, Misbehaviour.Spoil spoil) => Lasting(
        name,
        Allowance.CommandUnknown,
        world => world.Machine.Misbehave(spoil),
        static world => world.Machine.Misbehave(null));

    private static Fault Lasting(string name, Allowance allows, Action<World> begin, Action<World> end) =>
        new(name, allows, async scene =>
        {
            begin(scene.World);
            await scene.LastStrikingAsync(Seconds, () => scene.World.Machine.Spoilt);
            end(scene.World);
        })
        {
            LeavesItReady = true,
        };
}
