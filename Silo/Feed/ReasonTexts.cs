using CoffeePayment.Grains.Decisions;

namespace CoffeePayment.Silo.Feed;

/// <summary>The reasons of statuses, for whoever watches the terminal.</summary>
public static class ReasonTexts
{
    /// <summary>The reason in words; null if there is none.</summary>
    public static string? Of(string? reason) => reason switch
    {
        null => null,
        StatusReasons.PaymentExpired => "nobody paid in time",
        StatusReasons.PaidLate => "paid too late to make it unasked",
        StatusReasons.AmountMismatch => "another amount was paid",
        StatusReasons.WaitingForCapture => "the money is held, not taken",
        StatusReasons.ProviderUnreachable => "the provider did not answer",
        StatusReasons.MakeUnknown => "nobody knows whether the drink was made",
        StatusReasons.MakeRefused => "the machine refused",
        StatusReasons.NotMade => "no drink came out",
        _ => "canceled: " + reason.Replace('_', ' '),
    };
}
