namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>An order of a campaign: how it is registered, how its life goes, and how it may end.</summary>
/// <param name="Id">The order.</param>
/// <param name="Ending">How its life goes.</param>
/// <param name="SettlesAfter">When its payment settles, counted from the first try to register it.</param>
/// <param name="IsImpatient">Whether its customer goes away after one try; nothing is promised to those who do.</param>
internal sealed record ScriptedOrder(string Id, Ending Ending, TimeSpan SettlesAfter, bool IsImpatient)
{
    /// <summary>How old a payment must be to be late: older than the campaigns' fast track.</summary>
    public static readonly TimeSpan LateAge = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LifeOfTheUnpaid = TimeSpan.FromSeconds(3);

    /// <summary>Ids of payments have 36 characters.</summary>
    public string PaymentId => Id.PadRight(36, '.');

    /// <summary>The machine, by what it does with commands.</summary>
    public string Device => Ending.ToString();

    /// <summary>How old the payment is when the order is registered; null: as young as the order.</summary>
    public TimeSpan? PaymentAge => Ending == Ending.PaidLate ? LateAge : null;

    /// <summary>When the order expires, counted from its registration; null: as it does by default.</summary>
    public TimeSpan? ExpiresAfter => Ending is Ending.Unpaid or Ending.UnpaidThenPaid ? LifeOfTheUnpaid : null;

    /// <summary>How it ends if nothing goes wrong but what is scripted.</summary>
    public End Scripted => Ending switch
    {
        Ending.PaidInTime => End.Made,
        Ending.Canceled => End.Canceled,
        Ending.AmountMismatch => End.Mismatch,
        Ending.PaidLate or Ending.UnpaidThenPaid => End.PaidLate,
        Ending.Unpaid => End.Expired,
        Ending.HeldForCapture => End.Held,
        Ending.Unanswered => End.Unreachable,
        Ending.MachineRefuses => End.MakeRefused,
        _ => End.MakeUnknown,
    };

    private bool IsCommanded => Ending is Ending.PaidInTime or Ending.UnpaidThenPaid or >= Ending.MachineRefuses;

    private bool IsPaid => IsCommanded || Ending is Ending.AmountMismatch or Ending.PaidLate;

    /// <summary>Whether it may be left like that.</summary>
    public bool MayEndAs(End end, Allowance allowance)
    {
        if (end == Scripted) return true;

        // Looked at after it was paid and before it was found expired, it is paid in time.
        if (Ending == Ending.UnpaidThenPaid && end == End.Made) return true;

        if (allowance.HasFlag(Allowance.GivenUp) && end == (IsPaid ? End.PaidLate : End.Unreachable)) return true;

        return IsCommanded
            && ((end == End.MakeUnknown && allowance.HasFlag(Allowance.CommandUnknown))
                || (end == End.MakeRefused && allowance.HasFlag(Allowance.CommandRefused)));
    }
}
