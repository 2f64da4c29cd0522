namespace CoffeePayment.Engine.Redis;

/// <summary>
/// A call to Redis that ends in time. StackExchange.Redis 1.2.6 waits for an answer for ever, and hands out answers one
/// after the other, running whatever continues with one before it hands out the next: here the continuation runs
/// elsewhere, so that one which blocks holds up no other call.
/// </summary>
internal sealed class BoundedCall<T> : TaskCompletionSource<T>
{
    private readonly TimeSpan _timeout;
    private readonly Timer _timer;

    private BoundedCall(Task<T> call, TimeSpan timeout)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _timeout = timeout;
        _timer = new Timer(static state => ((BoundedCall<T>)state!).GiveUp(), this, timeout, Timeout.InfiniteTimeSpan);
        _ = call.ContinueWith(
            static (answered, state) => ((BoundedCall<T>)state!).Answer(answered),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The call's outcome, or a <see cref="TimeoutException"/>; the call itself goes on.</summary>
    public static Task<T> Of(Task<T> call, TimeSpan timeout) =>
        call.IsCompleted ? call : new BoundedCall<T>(call, timeout).Task;

    private void Answer(Task<T> answered)
    {
        _timer.Dispose();

        // Looked at even if nobody waits any longer, so that it does not count as unobserved.
        _ = answered.Exception;
        TrySetFromTask(answered);
    }

    private void GiveUp()
    {
        _timer.Dispose();
        TrySetException(new TimeoutException($"Redis did not answer within {_timeout.TotalSeconds:0.###} s."));
    }
}
