using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.StandIns;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>What the provider does; the service itself is well all the while.</summary>
internal static class ProviderFaults
{
    private const double Seconds = 4;

    public static readonly IReadOnlyList<Fault> All =
    [
        Answers("provider hangs", Misbehaviour.HangAsync),
        Answers("provider trickles", Misbehaviour.TrickleAsync),
        Answers("provider breaks off", Misbehaviour.BreakOffAsync),
        Answers("provider garbles", Misbehaviour.GarbleAsync),
        Answers("provider floods", Misbehaviour.FloodAsync),
        Answers("provider 5xx", Misbehaviour.Status(500, 502, 503, 504)),
        Answers("provider 429", Misbehaviour.TooMany(null, "soon", "-7", "1e99", "Thu, 01 Jan 1970 00:00:00 GMT")),
        Answers("provider 429 with Retry-After", Misbehaviour.TooMany("2")),
        Answers("provider 401", Misbehaviour.Status(401)),
        Answers("provider odd statuses", Misbehaviour.Status(204, 302, 304, 400, 404, 405, 410, 418, 451, 600, 999)),
        new("provider refuses connections", Allowance.GivenUp, static async scene =>
        {
            await scene.World.Provider.StopListeningAsync();
            await scene.LastAsync(Seconds);
            await scene.World.Provider.ListenAgainAsync();
        })
        {
            LeavesItReady = true,
        },
    ];

    private static Fault Answers(string name, Misbehaviour.Spoil spoil) =>
        new(name, Allowance.GivenUp, async scene =>
        {
            scene.World.Provider.Misbehave(spoil);
            await scene.LastStrikingAsync(Seconds, () => scene.World.Provider.Spoilt);
            scene.World.Provider.Misbehave(null);
        })
        {
            LeavesItReady = true,
        };
}
