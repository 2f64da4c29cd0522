namespace CoffeePayment.Hosting.Redis;

/// <summary>
/// A call to Redis that ends in time, whatever the client's own bounds are, and whose continuation runs on a thread of
/// its own: a client that hands out one answer after the other is never held up by what somebody does with one.
/// </summary>
internal sealed class BoundedCall<T> : TaskCompletionSource<T>, IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _cancellation;

    private BoundedCall(Task<T> call, TimeSpan timeout, CancellationToken cancellationToken)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _timeout = timeout;
        _timer = new Timer(static state => ((BoundedCall<T>)state!).GiveUp(), this, timeout, Timeout.InfiniteTimeSpan);
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) => ((BoundedCall<T>)state!).TrySetCanceled(token), this);

        _ = call.ContinueWith(
            static (answered, state) => ((BoundedCall<T>)state!).Answer(answered),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The call's outcome, or a <see cref="TimeoutException"/>; the call itself goes on.</summary>
    public static Task<T> Of(Task<T> call, TimeSpan timeout, CancellationToken cancellationToken) =>
        call.IsCompleted ? call : new BoundedCall<T>(call, timeout, cancellationToken).Task;

    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Unregister();
    }

    private void Answer(Task<T> answered)
    {
        Dispose();

        // Looked at even if nobody waits any longer, so that it does not count as unobserved.
        _ = answered.Exception;
        TrySetFromTask(answered);
    }

    private void GiveUp()
    {
        Dispose();
        TrySetException(new TimeoutException($"Redis did not answer within {_timeout.TotalSeconds:0.###} s."));
    }
}
