namespace CoffeePayment.Sandbox.Payments;

/// <summary>
/// What becomes of a payment at a certain time, as a script wants it. A null amount or reason: as it was.
/// </summary>
internal sealed record PlannedChange(DateTimeOffset At, PaymentStatus Status, Money? Amount, string? Reason);

/// <summary>
/// How questions about one payment fail: with an HTTP status, or, if that is null, by never being answered.
/// </summary>
internal sealed record PaymentFault(int? HttpStatus, DateTimeOffset Until);

/// <summary>How long the statuses last that do not last forever.</summary>
internal sealed record PaymentPeriods(TimeSpan Confirmation, TimeSpan Capture);

/// <summary>
/// What a payment is from one change to the next. Time changes it without timers: whoever reads it says what time
/// it is, and <see cref="Settle"/> catches up.
/// </summary>
internal sealed record PaymentState
{
    public required PaymentPeriods Periods { get; init; }

    public required Money Amount { get; init; }

    public PaymentStatus Status { get; private init; }

    /// <summary>When a pending payment expires, or an authorized one is no longer captured.</summary>
    public DateTimeOffset ExpiresAt { get; private init; } = DateTimeOffset.MaxValue;

    public DateTimeOffset? CapturedAt { get; private init; }

    public string? CancellationReason { get; private init; }

    public decimal RefundedValue { get; private init; }

    public PlannedChange? Plan { get; init; }

    /// <summary>The plan that has been carried out last.</summary>
    public PlannedChange? LastPlan { get; private init; }

    public PaymentFault? Fault { get; init; }

    public bool IsPaid => Status is PaymentStatus.WaitingForCapture or PaymentStatus.Succeeded;

    public decimal RefundableValue => Status == PaymentStatus.Succeeded ? Amount.Value - RefundedValue : 0;

    /// <summary>
    /// When time changes this state next. A plan puts off what would happen by itself: a script that says "paid
    /// after two hours" means it, although no payment stays pending for so long.
    /// </summary>
    public DateTimeOffset ChangesAt => Plan?.At ?? ExpiresAt;

    /// <summary>The reason that a cancellation has when nobody gives one.</summary>
    public const string DefaultReason = "general_decline";

    public static PaymentState Created(Money amount, PaymentPeriods periods, DateTimeOffset now) =>
        new() { Amount = amount, Periods = periods, ExpiresAt = now + periods.Confirmation };

    public PaymentState Become(PaymentStatus status, DateTimeOffset at, Money? amount = null, string? reason = null) =>
        this with
        {
            Status = status,
            Amount = amount ?? Amount,
            ExpiresAt = status switch
            {
                PaymentStatus.Pending => at + Periods.Confirmation,
                PaymentStatus.WaitingForCapture => at + Periods.Capture,
                _ => DateTimeOffset.MaxValue,
            },
            CapturedAt = status == PaymentStatus.Succeeded ? at : null,
            CancellationReason = status == PaymentStatus.Canceled ? reason ?? DefaultReason : null,
            RefundedValue = 0,
            Plan = null,
        };

    public PaymentState Refund(decimal value) => this with { RefundedValue = RefundedValue + value };

    /// <summary>The state after all that was due by <paramref name="now"/>.</summary>
    public PaymentState Settle(DateTimeOffset now)
    {
        var state = this;
        while (state.ChangesAt <= now)
            state = state.Next();
        return state;
    }

    private PaymentState Next() => Plan is { } plan
        ? Become(plan.Status, plan.At, plan.Amount, plan.Reason) with { LastPlan = plan }
        : Become(
            PaymentStatus.Canceled,
            ExpiresAt,
            reason: Status == PaymentStatus.Pending ? "expired_on_confirmation" : "expired_on_capture");
}
