using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Demo;

/// <summary>One order of the demo and how it shall end.</summary>
/// <param name="Number">1 is the first.</param>
/// <param name="Script">How it ends.</param>
public sealed record DemoOrder(int Number, DemoScript Script)
{
    private static readonly string[] CancellationReasons =
    [
        "insufficient_funds", "3d_secure_failed", "card_expired", "general_decline", "expired_on_confirmation",
        "call_issuer",
    ];

    /// <summary>The order's id.</summary>
    public string Id => $"demo-{Number:D5}";

    /// <summary>What it costs, in kopecks.</summary>
    public int Price => 12_000 + (Number % 7 * 1_500);

    /// <summary>The reason that it ends with; null if none.</summary>
    public string? Reason =>
        Script.Ending == DemoEnding.Canceled ? CancellationReasons[Number % CancellationReasons.Length] : Script.Reason;

    /// <summary>Whether that is how the order stands.</summary>
    public bool IsAsScripted(OrderStatus status, string? reason) => status == Script.Status && reason == Reason;
}

/// <summary>How many orders end how, and when they come. The same number always gives the same plan.</summary>
public static class DemoPlan
{
    /// <summary>
    /// Shares as in <see cref="DemoScript.All"/>, every ending at least once if there are orders enough.
    /// </summary>
    public static IReadOnlyList<DemoOrder> Create(int orders)
    {
        var counts = Allot(orders);

        var scripts = DemoScript.All
            .SelectMany((script, i) =>
                Enumerable.Range(0, counts[i]).Select(k => (script, i, At: At(script, k, counts[i]))))
            .OrderBy(place => place.At)
            .ThenBy(place => place.i)
            .Select(place => place.script);

        return [.. scripts.Select((script, i) => new DemoOrder(i + 1, script))];
    }

    // Spread evenly: the k-th of n orders with one ending comes where (k + 1/2) / n of the demo is over. Those that
    // must be seen within two seconds come when the process is warm.
    private static double At(DemoScript script, int k, int n)
    {
        var at = (k + 0.5) / n;
        return script.Ending == DemoEnding.MachineRefuses ? (1 + at) / 2 : at;
    }

    private static int[] Allot(int orders)
    {
        var scripts = DemoScript.All;
        var counts = new int[scripts.Count];
        for (var i = 0; i < Math.Min(orders, counts.Length); i++)
            counts[i] = 1;

        // Whoever is furthest behind its share gets the next one.
        for (var given = counts.Sum(); given < orders; given++)
        {
            var next = Enumerable.Range(0, counts.Length).MaxBy(i => (scripts[i].Share * orders / 100.0) - counts[i]);
            counts[next]++;
        }

        return counts;
    }
}
