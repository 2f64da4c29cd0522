using System.Text.Json.Nodes;
using CoffeePayment.Grains;

namespace CoffeePayment.Silo.Demo;

/// <summary>What customers and their banks do in each script, and when.</summary>
internal static class DemoPayments
{
    /// <summary>How long an order that nobody pays lives.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Hesitation = TimeSpan.FromSeconds(3);

    /// <summary>When the customer was sent to the payment page.</summary>
    public static DateTimeOffset StartedAt(DemoOrder order, DateTimeOffset now, PaymentOptions options) =>
        order.Script.Ending switch
        {
            // Over the limit when the customer pays.
            DemoEnding.PaidLate => now - options.FastTrackLimit + (Hesitation / 2),

            // In time, but only just: a second try of the command would not be.
            DemoEnding.MachineRefuses => now - options.FastTrackLimit + (0.95 * PaymentOptions.MakeRetryDelay),
            _ => now,
        };

    /// <summary>The script for the sandbox; null if nothing happens to the payment.</summary>
    public static JsonObject? ScriptOf(DemoOrder order) => order.Script.Ending switch
    {
        DemoEnding.MakePending or DemoEnding.Successful or DemoEnding.MachineUnknown =>
            After("succeeded", 0.5 + (order.Number % 6 * 0.5)),
        DemoEnding.MachineRefuses => Paid(order),
        DemoEnding.PaidLate => After("succeeded", Hesitation.TotalSeconds),
        DemoEnding.AmountMismatch or DemoEnding.Refunded => WithAmount(After("succeeded", 1.5), order.Price - 1_000),
        DemoEnding.Canceled => WithReason(After("canceled", 1), order.Reason!),
        DemoEnding.WaitingForCapture => After("waiting_for_capture", 1),
        _ => null,
    };

    /// <summary>Paid at once, in full, even if nobody created the payment before.</summary>
    public static JsonObject Paid(DemoOrder order) => WithAmount(new() { ["status"] = "succeeded" }, order.Price);

    private static JsonObject After(string status, double seconds) => new()
    {
        ["status"] = status,
        ["after_s"] = seconds,
    };

    private static JsonObject WithAmount(JsonObject script, int minorUnits)
    {
        script["amount"] = DemoClient.Amount(minorUnits);
        return script;
    }

    private static JsonObject WithReason(JsonObject script, string reason)
    {
        script["reason"] = reason;
        return script;
    }
}
