namespace CoffeePayment.Grains.Decisions;

/// <summary>The reasons that the rules themselves give; cancellations carry the provider's own words.</summary>
public static class StatusReasons
{
    /// <summary>Nobody paid before the order's <c>expires_at</c>.</summary>
    public const string PaymentExpired = "payment_expired";

    /// <summary>The money came after the fast track, or after the order was given up.</summary>
    public const string PaidLate = "paid_late";

    /// <summary>Another amount or currency was paid than registered.</summary>
    public const string AmountMismatch = "amount_mismatch";

    /// <summary>The money is held, not taken: the payment was created as two-step.</summary>
    public const string WaitingForCapture = "waiting_for_capture";

    /// <summary>Too many checks in a row brought no answer.</summary>
    public const string ProviderUnreachable = "provider_unreachable";

    /// <summary>The make command may or may not have been carried out.</summary>
    public const string MakeUnknown = "make_unknown";

    /// <summary>The machine refused every try of the make command.</summary>
    public const string MakeRefused = "make_refused";

    /// <summary>The machine took the command, and somebody saw that no drink came out.</summary>
    public const string NotMade = "not_made";

    /// <summary>The reasons above and the provider's cancellation reasons, as its documentation lists them.</summary>
    private static readonly HashSet<string> Known =
    [
        PaymentExpired, PaidLate, AmountMismatch, WaitingForCapture, ProviderUnreachable, MakeUnknown, MakeRefused,
        NotMade, "canceled", "3d_secure_failed", "call_issuer", "card_expired", "payment_method_limit_exceeded",
        "payment_method_restricted", "country_forbidden", "general_decline", "fraud_suspected",
        "identification_required", "insufficient_funds", "invalid_card_number", "invalid_csc", "issuer_unavailable",
        "canceled_by_merchant", "permission_revoked", "internal_timeout", "expired_on_confirmation",
        "expired_on_capture", "unsupported_mobile_operator", "deal_expired",
    ];

    /// <summary>
    /// The reason as a metric's label: those that are known by name, <c>other</c> for what a provider may invent,
    /// <c>none</c> for null.
    /// </summary>
    public static string AsLabel(string? reason) =>
        reason is null ? "none" : Known.Contains(reason) ? reason : "other";
}
