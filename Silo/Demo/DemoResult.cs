using CoffeePayment.Grains;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Demo;

/// <summary>How an order of the demo ended.</summary>
public sealed record DemoEnd(DemoOrder Order, OrderStatus Status, string? Reason)
{
    /// <summary>Whether that is what its script says.</summary>
    public bool IsAsScripted => Order.IsAsScripted(Status, Reason);
}

/// <summary>How the demo ended.</summary>
/// <param name="Ends">Every order.</param>
/// <param name="Makes">How many commands the machines got, by order.</param>
/// <param name="MachineDeduplicates">Whether a command may be sent again when nobody knows what became of it.</param>
/// <param name="Took">From the first registration to the last ending.</param>
public sealed record DemoResult(
    IReadOnlyList<DemoEnd> Ends,
    IReadOnlyDictionary<string, int> Makes,
    bool MachineDeduplicates,
    TimeSpan Took)
{
    /// <summary>Orders for which the machines got more or fewer commands than they must.</summary>
    public IReadOnlyList<DemoOrder> WrongMakes =>
        [.. Ends.Select(end => end.Order).Where(order => !HasRightMakes(order))];

    /// <summary>Whether every order ended as its script says, and the machines got the right commands.</summary>
    public bool IsAsScripted => Ends.All(end => end.IsAsScripted) && WrongMakes.Count == 0;

    private bool HasRightMakes(DemoOrder order)
    {
        var makes = Makes.GetValueOrDefault(order.Id);
        if (!order.Script.IsPaidInTime) return makes == 0;

        var most = MachineDeduplicates && order.Script.Ending == DemoEnding.MachineUnknown
            ? PaymentOptions.MakeAttemptsLimit
            : 1;
        return makes >= 1 && makes <= most;
    }
}
