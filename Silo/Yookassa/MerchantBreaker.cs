using CoffeePayment.Ports;
using Polly;
using Polly.CircuitBreaker;
using HealthState = CoffeePayment.Statistics.CircuitState;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// The resilience pipeline of one merchant: a circuit breaker around a timeout. There is no retry in it, since the next
/// check of the order is the retry.
/// </summary>
/// <remarks>
/// When the circuit opens is decided by <see cref="DistinctFailures"/>, because Polly counts requests and not orders;
/// that it stays open, lets one request through and closes again is Polly's.
/// </remarks>
internal sealed class MerchantBreaker
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly DistinctFailures _failures;

    public MerchantBreaker(
        YookassaOptions options,
        TimeProvider timeProvider,
        Action<TimeSpan, ProviderAnswer?> onOpened,
        Action onClosed)
    {
        _failures = new DistinctFailures(
            timeProvider, options.SamplingDuration, options.FailingOrdersMin, options.FailureRatio);
        var builder = new ResiliencePipelineBuilder<Reply> { TimeProvider = timeProvider };
        Pipeline = builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Reply>
            {
                // One outcome that IsOutage calls handled is enough: it has looked at the others itself.
                FailureRatio = double.Epsilon,
                MinimumThroughput = 2,
                SamplingDuration = options.SamplingDuration,
                ShouldHandle = IsOutage,
                BreakDurationGenerator = args => ValueTask.FromResult(BreakDuration(options, args.HalfOpenAttempts)),
                StateProvider = _state,
                OnOpened = args =>
                {
                    onOpened(args.BreakDuration, args.Outcome.Result.Answer);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    _failures.Clear();
                    onClosed();
                    return ValueTask.CompletedTask;
                },
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    public ResiliencePipeline<Reply> Pipeline { get; }

    public HealthState State => _state.CircuitState switch
    {
        CircuitState.Closed => HealthState.Closed,
        CircuitState.HalfOpen => HealthState.HalfOpen,
        _ => HealthState.Open,
    };

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

    private static TimeSpan BreakDuration(YookassaOptions options, int failedTries)
    {
        var duration = options.BreakDuration * Math.Pow(2, Math.Min(failedTries, 16));
        return duration < options.BreakDurationMax ? duration : options.BreakDurationMax;
    }

    private ValueTask<bool> IsOutage(CircuitBreakerPredicateArguments<Reply> args)
    {
        // The caller gave up before there was an answer: that says nothing, except that a trial request did not
        // succeed.
        if (args.Outcome.Exception is not null) return ValueTask.FromResult(IsTrying());

        var reply = args.Outcome.Result;
        if (FailsEveryone(reply.Answer)) return ValueTask.FromResult(_failures.Failed(reply.OrderId) || IsTrying());

        _failures.Answered();
        return ValueTask.FromResult(false);
    }

    private bool IsTrying() => _state.CircuitState == CircuitState.HalfOpen;

    /// <summary>What asking for one order came to.</summary>
    internal readonly record struct Reply(ProviderAnswer Answer, string OrderId);
}
