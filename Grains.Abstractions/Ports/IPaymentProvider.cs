namespace CoffeePayment.Ports;

/// <summary>Asks whoever holds the money what became of a payment.</summary>
public interface IPaymentProvider
{
    /// <summary>
    /// Asks once, without retries, within <c>PAYMENT_API_TIMEOUT_S</c>. Every outcome is an answer: it throws only when
    /// <paramref name="cancellationToken"/> is canceled.
    /// </summary>
    Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken);
}

/// <summary>Which payment is asked for, and on behalf of whom.</summary>
/// <param name="OrderId">The order that waits for it; for logs and for telling one bad order from an outage.</param>
/// <param name="MerchantId">Whose account holds it.</param>
/// <param name="PaymentReferenceId">The provider's id of the payment.</param>
public sealed record PaymentInquiry(string OrderId, string MerchantId, string PaymentReferenceId);
