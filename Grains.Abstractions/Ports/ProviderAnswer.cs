using CoffeePayment.Orders;

namespace CoffeePayment.Ports;

/// <summary>
/// What asking the provider came to, as a domain value. What is ambiguous is no answer, never a failure.
/// </summary>
public abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>The customer has not paid yet.</summary>
    public sealed record Pending : ProviderAnswer;

    /// <summary>The money is there.</summary>
    public sealed record Succeeded(Money Amount) : ProviderAnswer;

    /// <summary>The payment will never succeed.</summary>
    /// <param name="Reason">The provider's reason in its own words; <c>canceled</c> if it gave none.</param>
    public sealed record Canceled(string Reason) : ProviderAnswer;

    /// <summary>
    /// The money is held but not taken: the payment was created as two-step, which this service does not do.
    /// </summary>
    public sealed record WaitingForCapture : ProviderAnswer;

    /// <summary>A status which this service does not know; treated as pending, with a warning.</summary>
    public sealed record UnknownStatus(string Status) : ProviderAnswer;

    /// <summary>The provider was asked and said nothing that can be used.</summary>
    /// <param name="Cause">Why, in one of the words of <see cref="NoAnswerCause"/>.</param>
    /// <param name="RetryAfter">How long the provider wants to be left alone; null if it did not say.</param>
    public sealed record NoAnswer(NoAnswerCause Cause, TimeSpan? RetryAfter = null) : ProviderAnswer;

    /// <summary>The provider was not asked at all: its circuit is open or too much is under way.</summary>
    /// <param name="RetryAfter">When to try again, counted from now; greater than zero.</param>
    public sealed record NotAsked(TimeSpan RetryAfter) : ProviderAnswer;
}

/// <summary>Why the provider gave no answer. On the wire in snake case.</summary>
public enum NoAnswerCause
{
    /// <summary>No connection, or it broke.</summary>
    Network,

    /// <summary>Not within <c>PAYMENT_API_TIMEOUT_S</c>.</summary>
    Timeout,

    /// <summary>The credentials are wrong or lack a right (401, 403).</summary>
    Unauthorized,

    /// <summary>The provider does not know the payment (404).</summary>
    NotFound,

    /// <summary>Another 4xx.</summary>
    Rejected,

    /// <summary>Too many requests (429).</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>An answer that is not a payment: broken JSON, missing fields, another payment's id.</summary>
    Unreadable,
}
