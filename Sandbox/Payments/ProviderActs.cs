using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>What the provider's POSTs do.</summary>
internal static class ProviderActs
{
    public static ProviderError? Create(ProviderCall call, FieldReader fields, out Deed? deed)
    {
        deed = PaymentRequest.Read(fields) is { } request
            ? new Deed(call.World.Payments.Create(request.Amount, request.Terms))
            : null;
        return deed is null ? ProviderError.Invalid(fields.Errors[0]) : null;
    }

    public static ProviderError? Capture(ProviderCall call, FieldReader fields, out Deed? deed)
    {
        deed = null;
        var amount = fields.Money("amount");
        if (fields.Errors is [var wrong, ..])
            return ProviderError.Invalid(wrong);

        return Change(call, out deed, state =>
        {
            if (state.Status != PaymentStatus.WaitingForCapture)
                return (state, WrongStatus(state, "captured"));
            if (amount is { } part && Exceeds(part, state.Amount.Value, state.Amount.Currency) is { } error)
                return (state, error);
            return (state.Become(PaymentStatus.Succeeded, call.Now, amount), null);
        });
    }

    public static ProviderError? Cancel(ProviderCall call, FieldReader fields, out Deed? deed) =>
        Change(call, out deed, state => state.Status == PaymentStatus.WaitingForCapture
            ? (state.Become(PaymentStatus.Canceled, call.Now, reason: "canceled_by_merchant"), null)
            : (state, WrongStatus(state, "canceled")));

    public static ProviderError? Refund(ProviderCall call, FieldReader fields, out Deed? deed)
    {
        deed = null;
        var paymentId = fields.Text("payment_id", 255, required: true);
        var amount = fields.Money("amount", required: true);
        var description = fields.Text("description", 250);
        if (fields.Errors is [var wrong, ..])
            return ProviderError.Invalid(wrong);
        if (call.World.Payments.Find(paymentId!) is not { } payment)
            return ProviderError.UnknownPayment;

        var money = amount!.Value;
        var error = Change(call with { Payment = payment }, out deed, state =>
        {
            if (state.Status != PaymentStatus.Succeeded)
                return (state, WrongStatus(state, "refunded"));
            if (Exceeds(money, state.RefundableValue, state.Amount.Currency) is { } tooMuch)
                return (state, tooMuch);
            return (state.Refund(money.Value), null);
        });
        if (error is null)
        {
            var id = call.World.Chance.NewId();
            var refund = new Refund(
                id, payment.Id, "succeeded", Times.Text(call.Now), MoneyBody.Of(money), description);
            call.Webhooks.NotifyOfRefund(refund);
            deed = new Deed(payment, refund);
        }
        return error;
    }

    private static ProviderError? Change(
        ProviderCall call, out Deed? deed, Func<PaymentState, (PaymentState State, ProviderError? Error)> change)
    {
        deed = null;
        if (call.Payment is null)
            return ProviderError.UnknownPayment;

        ProviderError? error = null;
        call.Webhooks.Change(call.Payment, call.Now, state =>
        {
            (var after, error) = change(state);
            return after;
        });
        deed = error is null ? new Deed(call.Payment) : null;
        return error;
    }

    private static ProviderError WrongStatus(PaymentState state, string done) =>
        ProviderError.Invalid("status", $"A payment in status {state.Status.Name()} cannot be {done}.");

    private static ProviderError? Exceeds(Money money, decimal limit, string currency)
    {
        if (money.Currency != currency)
            return ProviderError.Invalid("amount.currency", $"The payment is in {currency}.");
        return money.Value > limit
            ? ProviderError.Invalid("amount.value", $"No more than {limit:0.00} {currency} is left.")
            : null;
    }
}
