namespace CoffeePayment.Api.Contracts;

/// <summary>
/// A notification of YooKassa's. Only the payment's id is used: nobody signs these, so nothing is believed.
/// </summary>
/// <remarks>The shape for the OpenAPI document; a body is read by <see cref="Input.WebhookReader"/>.</remarks>
internal sealed record WebhookRequest
{
    /// <summary>Always <c>notification</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// <c>payment.succeeded</c>, <c>payment.canceled</c>, <c>payment.waiting_for_capture</c>, <c>refund.succeeded</c>.
    /// </summary>
    public required string Event { get; init; }

    /// <summary>What the event is about.</summary>
    public required WebhookObject Object { get; init; }
}

/// <summary>The payment or refund that a notification is about, as far as it is read.</summary>
internal sealed record WebhookObject
{
    /// <summary>The payment; the refund if the event is about one.</summary>
    public required string Id { get; init; }

    /// <summary>The payment that was refunded, if the event is about a refund.</summary>
    public string? PaymentId { get; init; }
}
