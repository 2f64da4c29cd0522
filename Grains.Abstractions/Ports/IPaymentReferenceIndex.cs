namespace CoffeePayment.Ports;

/// <summary>Which order a payment pays: payment reference -> order id, for webhooks and search. One payment, one order.</summary>
public interface IPaymentReferenceIndex
{
    /// <summary>
    /// Gives the payment to the order unless another one has it, atomically. Durable when the returned task completes.
    /// </summary>
    /// <returns>The order that has the payment now: <paramref name="orderId"/>, or the one that was first.</returns>
    ValueTask<string> ReserveAsync(
        string paymentReferenceId, string orderId, CancellationToken cancellationToken = default);

    /// <summary>The order that the payment pays; null if none.</summary>
    ValueTask<string?> FindAsync(string paymentReferenceId, CancellationToken cancellationToken = default);

    /// <summary>Takes whatever payment the order has reserved away from it.</summary>
    ValueTask ReleaseAsync(string orderId, CancellationToken cancellationToken = default);
}
