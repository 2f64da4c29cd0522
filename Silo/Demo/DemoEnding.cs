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
        InTime(DemoEnding.MakePending, 35, OrderStatus.MakePending, null, "paid in time, drink on its way"),
        InTime(DemoEnding.Successful, 25, OrderStatus.Successful, null, "paid in time, drink made"),
        NotInTime(DemoEnding.Canceled, 6, OrderStatus.NotPaid, null, "canceled by the bank"),
        NotInTime(DemoEnding.NeverPaid, 5, OrderStatus.NotPaid, StatusReasons.PaymentExpired, "never paid"),
        NotInTime(DemoEnding.PaidLate, 5, OrderStatus.ManualMake, StatusReasons.PaidLate, "paid too late"),
        NotInTime(
            DemoEnding.AmountMismatch, 4, OrderStatus.ManualMake, StatusReasons.AmountMismatch, "paid another amount"),
        NotInTime(DemoEnding.Refunded, 4, OrderStatus.Refunded, null, "paid another amount, refunded by the operator"),
        NotInTime(DemoEnding.FoundLate, 4, OrderStatus.ManualMake, StatusReasons.PaidLate, "given up, then found paid"),
        NotInTime(
            DemoEnding.Unanswered, 3, OrderStatus.Failed, StatusReasons.ProviderUnreachable, "unknown to the provider"),
        NotInTime(
            DemoEnding.WaitingForCapture, 3, OrderStatus.Failed, StatusReasons.WaitingForCapture,
            "money held, not taken"),
        InTime(
            DemoEnding.MachineRefuses, 3, OrderStatus.MakeFailed, StatusReasons.MakeRefused,
            "paid in time, machine refused"),
        InTime(
            DemoEnding.MachineUnknown, 3, OrderStatus.ManualMake, StatusReasons.MakeUnknown,
            "paid in time, machine broke"),
    ];

    private static DemoScript InTime(DemoEnding ending, int share, OrderStatus status, string? reason, string words) =>
        new(ending, share, status, reason, IsPaidInTime: true, words);

    private static DemoScript NotInTime(
        DemoEnding ending, int share, OrderStatus status, string? reason, string words) =>
        new(ending, share, status, reason, IsPaidInTime: false, words);
}
