namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>A status with its reason, as the API names them.</summary>
internal readonly record struct End(string Status, string? Reason)
{
    public static readonly End Made = new("make_pending", null);
    public static readonly End MakeUnknown = new("manual_make", "make_unknown");
    public static readonly End MakeRefused = new("make_failed", "make_refused");
    public static readonly End Mismatch = new("manual_make", "amount_mismatch");
    public static readonly End PaidLate = new("manual_make", "paid_late");
    public static readonly End Canceled = new("not_paid", "insufficient_funds");
    public static readonly End Expired = new("not_paid", "payment_expired");
    public static readonly End Held = new("failed", "waiting_for_capture");
    public static readonly End Unreachable = new("failed", "provider_unreachable");

    public override string ToString() => Reason is null ? Status : $"{Status} ({Reason})";
}
