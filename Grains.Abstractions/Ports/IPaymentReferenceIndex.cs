namespace CoffeePayment.Ports;

/// <summary>
/// Which order a payment pays: payment reference -> order id, for webhooks and search. One payment, one order: the
/// first that <see cref="IOrderIndexWriter.EnlistAsync"/> gave it to.
/// </summary>
public interface IPaymentReferenceIndex
{
    /// <summary>The order that the payment pays; null if none.</summary>
    ValueTask<string?> FindAsync(string paymentReferenceId, CancellationToken cancellationToken = default);
}
