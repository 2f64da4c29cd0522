using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace CoffeePayment.Api.Calls;

/// <summary>
/// Calls grains again when the silo that was to answer went away, which in a cluster is nothing that callers of the API
/// need to know: by the next try another silo has the grain. Whatever else goes wrong is the caller's to hear.
/// </summary>
internal sealed class GrainCalls
{
    /// <summary>With the delays below: 12 s, in which a cluster notices that a silo was killed.</summary>
    private const int RepeatsMax = 15;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    /// <summary>A silo that was killed answers nothing, and nobody says so until the cluster has noticed.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(6);

    /// <summary>For the call with all its repeats; who calls the API gives up after 30 s, as a rule.</summary>
    private static readonly TimeSpan WholeTimeout = TimeSpan.FromSeconds(25);

    private readonly Func<bool> _isConnected;
    private readonly ResiliencePipeline _quick;
    private readonly ResiliencePipeline _slow;

    public GrainCalls(IOptions<ApiOptions> options, TimeProvider time)
    {
        _isConnected = options.Value.IsConnected ?? (static () => true);
        _quick = Build(time, builder => builder.AddTimeout(AnswerTimeout));
        _slow = Build(time, static _ => { });
    }

    /// <summary>
    /// Makes a call that does no harm when it is carried out twice, and that is answered at once: a read, or a
    /// registration, which finds itself done.
    /// </summary>
    public Task<T> RepeatAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(_quick, call, cancellationToken);

    /// <summary>As <see cref="RepeatAsync"/>, for a call that takes its time: a check, or a sweep.</summary>
    public Task<T> RepeatSlowAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(_slow, call, cancellationToken);

    /// <summary>Makes a call of which nobody knows whether it may be carried out twice: it is made once.</summary>
    public Task<T> OnceAsync<T>(Func<Task<T>> call)
    {
        ThrowUnlessConnected();
        return call();
    }

    private static ResiliencePipeline Build(TimeProvider time, Action<ResiliencePipelineBuilder> addInnermost)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddTimeout(WholeTimeout).AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => new ValueTask<bool>(
                arguments.Outcome.Exception is { } exception && LostCalls.IsLost(exception)),
            MaxRetryAttempts = RepeatsMax,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
        });
        addInnermost(builder);
        return builder.Build();
    }

    private async Task<T> RunAsync<T>(
        ResiliencePipeline pipeline, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        return await pipeline.ExecuteAsync(
            static async (call, stop) => await call().WaitAsync(stop), call, cancellationToken);
    }

    private void ThrowUnlessConnected()
    {
        if (!_isConnected()) throw new SiloUnavailableException("No silo has been reached yet.");
    }
}
