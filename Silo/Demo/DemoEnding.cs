using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Demo;

/// <summary>The ways in which an order of the demo can end.</summary>
public enum DemoEnding
{
    /// <summary>Paid in time; the machine takes the command, and nobody says more.</summary>
    MakePending,

    /// <summary>Paid in time, and the customer has the drink.</summary>
    Successful,

    /// <summary>Paid when the fast track was over.</summary>
    PaidLate,

    /// <summary>Another amount was paid.</summary>
    AmountMismatch,

    /// <summary>Another amount was paid, and an operator gives it back.</summary>
    Refunded,

    /// <summary>The bank says no.</summary>
    Canceled,

    /// <summary>Nobody pays.</summary>
    NeverPaid,

    /// <summary>The payment is held instead of taken.</summary>
    WaitingForCapture,

    /// <summary>The provider does not know the payment.</summary>
    Unanswered,

    /// <summary>As before, but then the money is there after all.</summary>
    FoundLate,

    /// <summary>Paid in time; the machine refuses.</summary>
    MachineRefuses,

    /// <summary>Paid in time; the machine breaks or falls silent, so nobody knows whether it made the drink.</summary>
    MachineUnknown,
}

/// <summary>What an ending means.</summary>
/// <param name="Ending">Which.</param>
/// <param name="Share">How many of a hundred orders end so.</param>
/// <param name="Status">The status in the end.</param>
/// <param name="Reason">And its reason; null if it has none, or if it depends on the order.</param>
/// <param name="IsPaidInTime">Whether the machine gets a command.</param>
/// <param name="Words">For the report.</param>
public sealed record DemoScript(
    DemoEnding Ending, int Share, OrderStatus Status, string? Reason, bool IsPaidInTime, string Words)
{
    /// <summary>All endings, the usual ones first. The shares add up to 100.</summary>
    public static IReadOnlyList<DemoScript> All { get; } =
    [
        new(DemoEnding.MakePending, 35, OrderStatus.MakePending, null, true, "paid in time, drink on its way"),
        new(DemoEnding.Successful, 25, OrderStatus.Successful, null, true, "paid in time, drink made"),
        new(DemoEnding.Canceled, 6, OrderStatus.NotPaid, null, false, "canceled by the bank"),
        new(DemoEnding.NeverPaid, 5, OrderStatus.NotPaid, StatusReasons.PaymentExpired, false, "never paid"),
        new(DemoEnding.PaidLate, 5, OrderStatus.ManualMake, StatusReasons.PaidLate, false, "paid too late"),
        new(DemoEnding.AmountMismatch, 4, OrderStatus.ManualMake, StatusReasons.AmountMismatch, false, "paid another amount"),
        new(DemoEnding.Refunded, 4, OrderStatus.Refunded, null, false, "paid another amount, refunded by the operator"),
        new(DemoEnding.FoundLate, 4, OrderStatus.ManualMake, StatusReasons.PaidLate, false, "given up, then found paid"),
        new(DemoEnding.Unanswered, 3, OrderStatus.Failed, StatusReasons.ProviderUnreachable, false, "unknown to the provider"),
        new(DemoEnding.WaitingForCapture, 3, OrderStatus.Failed, StatusReasons.WaitingForCapture, false, "money held, not taken"),
        new(DemoEnding.MachineRefuses, 3, OrderStatus.MakeFailed, StatusReasons.MakeRefused, true, "paid in time, machine refused"),
        new(DemoEnding.MachineUnknown, 3, OrderStatus.ManualMake, StatusReasons.MakeUnknown, true, "paid in time, machine broke"),
    ];
}
