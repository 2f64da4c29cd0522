using CoffeePayment.Sandbox.Traffic;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>What the shop said when it created the payment.</summary>
/// <param name="CapturesItself">Whether a paid payment succeeds at once instead of waiting for its capture.</param>
/// <param name="ConfirmationType">How the customer confirms; null: nobody asked for a confirmation.</param>
internal sealed record PaymentTerms(
    bool CapturesItself,
    string? Description = null,
    string? ConfirmationType = null,
    string? ReturnUrl = null,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    /// <summary>Those of a payment which no shop has created.</summary>
    public static PaymentTerms None { get; } = new(CapturesItself: true);
}

/// <summary>A payment: who it is, what it is at a given time, and who asked about it.</summary>
internal sealed class Payment(string id, int number, PaymentTerms terms, DateTimeOffset createdAt, PaymentState state)
{
    private volatile PaymentState _state = state;
    private long _askedAt;

    public string Id { get; } = id;

    /// <summary>Its place in the order of creation, from 1 on.</summary>
    public int Number { get; } = number;

    public PaymentTerms Terms { get; } = terms;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The requests that named this payment; null as long as there was none, or if none are kept.</summary>
    public RequestLog? Requests { get; set; }

    /// <summary>Read often and by many at once, so without a lock as long as time changes nothing.</summary>
    public PaymentState At(DateTimeOffset now)
    {
        var current = _state;
        return now < current.ChangesAt ? current : Change(now, static settled => settled);
    }

    public PaymentState Change(DateTimeOffset now, Func<PaymentState, PaymentState> change)
    {
        while (true)
        {
            var before = _state;
            var after = change(before.Settle(now));
            if (ReferenceEquals(Interlocked.CompareExchange(ref _state, after, before), before))
                return after;
        }
    }

    /// <summary>Notes that it is asked about now; says when it was the last time, 0 if never.</summary>
    /// <param name="timestamp">Of the sandbox's clock, plus one so that 0 means never.</param>
    public long Asked(long timestamp) => Interlocked.Exchange(ref _askedAt, timestamp);
}
