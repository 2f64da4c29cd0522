namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>Makes up the orders of a campaign: every ending is there, most are paid in time.</summary>
internal static class OrderPlan
{
    private static readonly Ending[] Mix =
    [
        .. Enum.GetValues<Ending>(),
        Ending.PaidInTime, Ending.PaidInTime, Ending.PaidInTime, Ending.PaidInTime, Ending.PaidInTime,
        Ending.PaidInTime, Ending.Canceled, Ending.Canceled,
    ];

    public static IReadOnlyList<ScriptedOrder> Make(string prefix, int count, Random dice)
    {
        var endings = Enumerable.Range(0, count).Select(i => Mix[i % Mix.Length]).ToArray();
        dice.Shuffle(endings);
        return [.. endings.Select((ending, i) => new ScriptedOrder(
            $"{prefix}-{i}", ending, SettlesAfter(ending, dice), IsImpatient: dice.Next(10) == 0))];
    }

    // Some are settled before they are registered, some on the way; the unpaid one after it has expired.
    private static TimeSpan SettlesAfter(Ending ending, Random dice) => TimeSpan.FromSeconds(
        ending == Ending.UnpaidThenPaid ? 5 : dice.Next(4) == 0 ? 0 : dice.NextDouble() * 3);
}
