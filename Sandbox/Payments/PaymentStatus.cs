namespace CoffeePayment.Sandbox.Payments;

internal enum PaymentStatus : byte
{
    Pending,
    WaitingForCapture,
    Succeeded,
    Canceled,
}

internal static class PaymentStatuses
{
    public const string Names = "pending, waiting_for_capture, succeeded, canceled";

    public static string Name(this PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => "pending",
        PaymentStatus.WaitingForCapture => "waiting_for_capture",
        PaymentStatus.Succeeded => "succeeded",
        PaymentStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    public static PaymentStatus? Parse(string? name) => name switch
    {
        "pending" => PaymentStatus.Pending,
        "waiting_for_capture" => PaymentStatus.WaitingForCapture,
        "succeeded" => PaymentStatus.Succeeded,
        "canceled" => PaymentStatus.Canceled,
        _ => null,
    };
}
