using CoffeePayment.Ports;
using CoffeePayment.Statistics;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Leaves a provider alone that fails everyone: nothing is asked for a while, then one request tries whether the outage
/// is over. There is no retry in it, since the next check of the order is the retry.
/// </summary>
/// <remarks>
/// Every check comes through here. While all is well that costs a read, where a general-purpose pipeline (Polly's
/// breaker and timeout) allocated 1.8 KB of the 12.5 KB of a check. When the circuit opens is decided by
/// <see cref="DistinctFailures"/>, which counts orders and not requests.
/// </remarks>
internal sealed class MerchantBreaker(
    YookassaOptions options,
    TimeProvider timeProvider,
    Action<TimeSpan, ProviderAnswer?> onOpened,
    Action onClosed)
{
    private readonly Lock _lock = new();
    private readonly DistinctFailures _failures = new(
        timeProvider, options.SamplingDuration, options.FailingOrdersMin, options.FailureRatio);

    private volatile CircuitState _state;
    private long _restsUntil;
    private int _failedTrials;

    public CircuitState State => _state;

    /// <summary>Asks for leave to send a request; what came of it goes to <see cref="Leave"/>.</summary>
    /// <param name="isTrial">Whether this is the one that tries whether the outage is over.</param>
    /// <param name="rest">If it may not be sent, how long nothing is asked; more than zero.</param>
    public bool TryEnter(out bool isTrial, out TimeSpan rest)
    {
        isTrial = false;
        rest = TimeSpan.Zero;
        if (_state == CircuitState.Closed) return true;

        lock (_lock)
        {
            if (_state == CircuitState.Closed) return true;

            rest = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), _restsUntil);
            if (rest > TimeSpan.Zero) return false;

            // What comes of the trial is known after one timeout at the latest.
            isTrial = true;
            RestFor(options.Timeout);
            _state = CircuitState.HalfOpen;
            return true;
        }
    }

    /// <summary>Notes what came of a request.</summary>
    /// <param name="isTrial">As <see cref="TryEnter"/> said.</param>
    /// <param name="orderId">Whom it was for.</param>
    /// <param name="answer">Null: the caller gave up, which says nothing but that a trial did not succeed.</param>
    public void Leave(bool isTrial, string orderId, ProviderAnswer? answer)
    {
        if (answer is null || FailsEveryone(answer))
        {
            var isOutage = answer is not null && _failures.Failed(orderId);
            if (isTrial || isOutage) Open(isTrial, answer);
        }
        else
        {
            _failures.Answered();
            if (isTrial) Close();
        }
    }

    /// <summary>
    /// Whether another order would have fared the same: no connection, no answer in time, 5xx, wrong credentials, or
    /// too many requests without a word how long to wait (with one it is a pause). What the provider says about a
    /// single payment, however odd, shows that it is up.
    /// </summary>
    private static bool FailsEveryone(ProviderAnswer answer) => answer is ProviderAnswer.NoAnswer noAnswer
        && noAnswer.Cause switch
        {
            NoAnswerCause.Network or NoAnswerCause.Timeout => true,
            NoAnswerCause.ServerError or NoAnswerCause.Unauthorized => true,
            NoAnswerCause.RateLimited => noAnswer.RetryAfter is null,
            _ => false,
        };

    private TimeSpan BreakDuration()
    {
        var duration = options.BreakDuration * Math.Pow(2, Math.Min(_failedTrials, 16));
        return duration < options.BreakDurationMax ? duration : options.BreakDurationMax;
    }

    private void Open(bool isTrial, ProviderAnswer? answer)
    {
        TimeSpan duration;
        lock (_lock)
        {
            // What was sent before the circuit opened tells nothing new.
            if (_state != (isTrial ? CircuitState.HalfOpen : CircuitState.Closed)) return;

            _failedTrials = isTrial ? _failedTrials + 1 : 0;
            duration = BreakDuration();
            RestFor(duration);
            _state = CircuitState.Open;
        }

        onOpened(duration, answer);
    }

    private void Close()
    {
        lock (_lock)
        {
            if (_state != CircuitState.HalfOpen) return;

            _failures.Clear();
            _state = CircuitState.Closed;
        }

        onClosed();
    }

    private void RestFor(TimeSpan duration) => _restsUntil =
        timeProvider.GetTimestamp() + (long)(duration.TotalSeconds * timeProvider.TimestampFrequency);
}
