using CoffeePayment.Tests.Faults.Campaigns;
using CoffeePayment.Tests.Faults.Orders;
using CoffeePayment.Tests.Faults.Worlds;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Faults.Kinds;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Allows">In which other ways orders may end because of it.</param>
/// <param name="StrikeAsync">Makes it happen, for some seconds, and makes it good again.</param>
internal sealed record Fault(string Name, Allowance Allows, Func<Scene, Task> StrikeAsync)
{
    /// <summary>Whether the service goes on all the while: it never says that it is not ready.</summary>
    public bool LeavesItReady { get; init; }

    /// <summary>A fault of a world of that kind.</summary>
    public static Fault In<TWorld>(string name, Allowance allows, Func<TWorld, Scene, Task> strike)
        where TWorld : World =>
        new(name, allows, scene => strike((TWorld)scene.World, scene));

    public override string ToString() => Name;
}

/// <summary>Where a fault strikes.</summary>
internal sealed class Scene(World world, HealthWatch health, Random dice, double secondsFactor)
{
    private static readonly TimeSpan WordPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<string> _lies = [];

    public World World => world;

    public Random Dice => dice;

    /// <summary>What the health endpoints said that was not so, or did not say; and faults that were none.</summary>
    public IReadOnlyList<string> Lies => _lies;

    /// <summary>Whether there is time for faults that take long.</summary>
    public bool IsBig => secondsFactor > 1;

    /// <summary>Lets the fault last; more than that in a big campaign.</summary>
    public Task LastAsync(double seconds) => Pause.ForAsync(TimeSpan.FromSeconds(seconds * secondsFactor));

    /// <summary>As <see cref="LastAsync"/>, and until somebody was struck, which must happen.</summary>
    /// <param name="seconds">How long at least.</param>
    /// <param name="strikes">How many were struck so far.</param>
    public Task LastStrikingAsync(double seconds, Func<long> strikes)
    {
        var before = strikes();
        return LastUntilAsync(seconds, () => strikes() > before, "It struck nobody");
    }

    /// <summary>
    /// As <see cref="LastAsync"/>, and until the service has said that it is not ready, and why, which it must.
    /// </summary>
    public Task LastNotReadyAsync(double seconds, string why)
    {
        var started = TimeProvider.System.GetTimestamp();
        return LastUntilAsync(seconds, HasSaid, $"It never said that it was not ready because {why}");

        bool HasSaid() =>
            health.NotReadySince(started).Any(answer => answer.Contains(why, StringComparison.Ordinal));
    }

    private async Task LastUntilAsync(double seconds, Func<bool> isSo, string otherwise)
    {
        var started = TimeProvider.System.GetTimestamp();
        await LastAsync(seconds);
        while (!isSo() && TimeProvider.System.GetElapsedTime(started) < WordPatience)
            await Pause.ForAsync(LookInterval);
        if (!isSo()) _lies.Add(otherwise);
    }
}
