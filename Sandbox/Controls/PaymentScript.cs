using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Payments;

namespace CoffeePayment.Sandbox.Controls;

/// <summary>What somebody wants a payment to do: the body of <c>PUT /sandbox/payments/{id}</c>.</summary>
internal sealed record PaymentScript(
    PaymentStatus? Status,
    TimeSpan After,
    Money? Amount,
    string? Reason,
    int? FaultHttpStatus,
    bool Hangs,
    TimeSpan? FaultPeriod)
{
    private const double MaxSeconds = 10 * 365 * 86_400d;

    public static PaymentScript? Read(FieldReader fields)
    {
        var statusName = fields.Text("status", 32);
        var after = fields.Number("after_s", 0, MaxSeconds);
        var amount = fields.Money("amount");
        var reason = fields.Text("reason", 64);
        var httpStatus = fields.Integer("http_status", 400, 599);
        var hangs = fields.Flag("hang") ?? false;
        var faultPeriod = fields.Number("fault_s", 0, MaxSeconds);
        fields.RefuseOthers();

        var status = PaymentStatuses.Parse(statusName);
        if (statusName is not null && status is null)
            fields.Refuse("status", $"must be one of {PaymentStatuses.Names}");
        else if (statusName is null && httpStatus is null && !hangs && amount is null && fields.Errors.Count == 0)
            fields.Refuse("status", "is required, or else one of amount, http_status, hang");
        if (after is not null && statusName is null)
            fields.Refuse("after_s", "goes with a status only");
        if (reason is not null && status != PaymentStatus.Canceled)
            fields.Refuse("reason", "goes with the status canceled only");
        if (httpStatus is not null && hangs)
            fields.Refuse("hang", "cannot be had together with http_status");
        if (faultPeriod is not null && httpStatus is null && !hangs)
            fields.Refuse("fault_s", "goes with http_status or hang only");

        return fields.Errors.Count > 0 ? null : new PaymentScript(
            status, TimeSpan.FromSeconds(after ?? 0), amount, reason, httpStatus, hangs,
            faultPeriod is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>The payment under this script. A new script replaces what an older one still had in store.</summary>
    public PaymentState Apply(PaymentState state, DateTimeOffset now)
    {
        if (Status is null)
            state = state with { Amount = Amount ?? state.Amount };
        else if (After > TimeSpan.Zero)
            state = state with { Plan = new PlannedChange(now + After, Status.Value, Amount, Reason) };
        else
            state = state.Become(Status.Value, now, Amount, Reason);

        var fails = FaultHttpStatus is not null || Hangs;
        var until = FaultPeriod is { } period ? now + period : DateTimeOffset.MaxValue;
        return state with { Fault = fails ? new PaymentFault(FaultHttpStatus, until) : null };
    }
}
