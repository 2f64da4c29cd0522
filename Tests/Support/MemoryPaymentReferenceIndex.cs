using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Support;

/// <summary>Payment references in memory: done when it returns, so it fits virtual time.</summary>
public sealed class MemoryPaymentReferenceIndex : IPaymentReferenceIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _orderOf = new(StringComparer.Ordinal);

    public string Claim(string paymentReferenceId, string orderId)
    {
        lock (_gate)
        {
            _orderOf.TryAdd(paymentReferenceId, orderId);
            return _orderOf[paymentReferenceId];
        }
    }

    public ValueTask<string?> FindAsync(string paymentReferenceId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(_orderOf.GetValueOrDefault(paymentReferenceId));
    }

    public void Release(string orderId)
    {
        lock (_gate)
        {
            foreach (var (reference, _) in _orderOf.Where(pair => pair.Value == orderId).ToList())
                _orderOf.Remove(reference);
        }
    }
}
