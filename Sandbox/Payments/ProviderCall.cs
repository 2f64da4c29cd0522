using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Webhooks;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>
/// A request to the provider that is going to be answered. Payment: the one that the path names, if it exists.
/// </summary>
internal readonly record struct ProviderCall(
    HttpContext Context, World World, WebhookSender Webhooks, DateTimeOffset Now, Payment? Payment)
{
    public void Refuse(ProviderError error) => error.Send(Context, World.Chance);
}

/// <summary>What a POST did: it always concerns a payment, and may have made a refund.</summary>
internal sealed record Deed(Payment Payment, Refund? Refund = null);

/// <summary>Does what a POST asks for, or says why not; then nothing has changed.</summary>
internal delegate ProviderError? ProviderAct(ProviderCall call, FieldReader fields, out Deed? deed);
