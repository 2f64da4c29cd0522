using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Sweeping;

/// <summary>
/// In which order, and how far apart, overdue orders are restarted: those overdue longest first, evenly over one
/// interval, so that a restart does not hit the provider with everything at once.
/// </summary>
public static class SweepPlan
{
    /// <summary>One restart: which order, and how long its check waits.</summary>
    public readonly record struct Restart(string OrderId, DateTimeOffset DueAt, TimeSpan Delay);

    /// <summary>The restarts, in the order in which to make them.</summary>
    public static IReadOnlyList<Restart> Make(IReadOnlyList<DueEntry> overdue, TimeSpan interval)
    {
        if (overdue.Count == 0) return [];

        var step = interval / overdue.Count;
        return
        [
            .. overdue
                .OrderBy(entry => entry.DueAt)
                .ThenBy(entry => entry.OrderId, StringComparer.Ordinal)
                .Select((entry, place) => new Restart(entry.OrderId, entry.DueAt, step * place)),
        ];
    }
}
