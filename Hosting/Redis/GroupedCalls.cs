namespace CoffeePayment.Hosting.Redis;

/// <summary>
/// Calls that share commands, as commits share a sync of the disk. The first goes at once; while a group is under way
/// others gather, and the next group takes all that wait. So nobody waits for company, and the busier it is, the less a
/// call costs: with 512 callers, a compare-and-set and an index move took 22 microseconds of processor time together,
/// and 34 as commands of their own.
/// </summary>
/// <typeparam name="TRequest">What one caller wants.</typeparam>
/// <typeparam name="TAnswer">What one caller is told.</typeparam>
internal sealed class GroupedCalls<TRequest, TAnswer> : IDisposable
{
    /// <summary>More would hold Redis, which does one thing at a time, up for more than about a millisecond.</summary>
    public const int GroupMax = 128;

    private readonly Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> _send;
    private readonly TimeSpan _timeout;
    private readonly Timer _watch;
    private readonly Lock _gate = new();
    private readonly Queue<Caller> _waiting = new();

    /// <summary>Those whose command has been sent and not been answered; null if nothing is under way.</summary>
    private Caller[]? _underWay;

    /// <summary>Makes one for requests of one kind.</summary>
    /// <param name="send">Sends them in one command, in this order; answers each of them, in this order.</param>
    /// <param name="timeout">How long a caller waits at most, for a place in a group and for its answer.</param>
    public GroupedCalls(Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> send, TimeSpan timeout)
    {
        _send = send;
        _timeout = timeout;
        _watch = new Timer(static state => ((GroupedCalls<TRequest, TAnswer>)state!).FailOverdue(), this, -1, -1);
    }

    /// <summary>
    /// The answer, or what the group failed with. Whoever awaits it is never resumed on the thread that hands out what
    /// Redis has answered.
    /// </summary>
    /// <exception cref="TimeoutException">There was none in time; the request may be done or not.</exception>
    public Task<TAnswer> CallAsync(TRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Caller caller;
        Caller[]? group = null;
        lock (_gate)
        {
            caller = new Caller(request, Environment.TickCount64 + (long)_timeout.TotalMilliseconds);
            _waiting.Enqueue(caller);
            if (_underWay is null) group = TakeGroup();
        }

        Send(group);
        return cancellationToken.CanBeCanceled ? caller.Task.WaitAsync(cancellationToken) : caller.Task;
    }

    public void Dispose() => _watch.Dispose();

    /// <summary>Those who have waited longest are under way from now on; whoever gave up is passed over.</summary>
    private Caller[]? TakeGroup()
    {
        var group = new List<Caller>(Math.Min(_waiting.Count, GroupMax));
        while (group.Count < GroupMax && _waiting.TryDequeue(out var caller))
        {
            if (!caller.Task.IsCompleted) group.Add(caller);
        }

        _underWay = group.Count > 0 ? [.. group] : null;
        if (_underWay is not null) WatchFor(group[0].Deadline);
        return _underWay;
    }

    private void Send(Caller[]? group)
    {
        if (group is null) return;

        Task<IReadOnlyList<TAnswer>> call;
        try
        {
            call = _send(Array.ConvertAll(group, static caller => caller.Request));
        }
        catch (Exception exception)
        {
            call = Task.FromException<IReadOnlyList<TAnswer>>(exception);
        }

        _ = call.ContinueWith(
            (answered, state) => End((Caller[])state!, answered),
            group,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Sends the next group before it tells this one, so that Redis has something to do meanwhile.</summary>
    private void End(Caller[] group, Task<IReadOnlyList<TAnswer>> call)
    {
        Caller[]? next = null;
        lock (_gate)
        {
            if (_underWay == group) next = TakeGroup();
        }

        Send(next);
        for (var i = 0; i < group.Length; i++)
        {
            if (call.IsCompletedSuccessfully)
                group[i].TrySetResult(call.Result[i]);
            else
                group[i].TrySetException(call.Exception?.InnerException ?? new TaskCanceledException(call));
        }
    }

    /// <summary>Fails whoever has waited too long; a group for which nobody waits is not waited for.</summary>
    private void FailOverdue()
    {
        Caller[]? next = null;
        lock (_gate)
        {
            if (_underWay is null) return;

            var now = Environment.TickCount64;
            foreach (var caller in _underWay.Concat(_waiting).TakeWhile(caller => caller.Deadline <= now))
                caller.TrySetException(
                    new TimeoutException($"Redis did not answer within {_timeout.TotalSeconds:0.###} s."));

            if (Array.Find(_underWay, caller => caller.Deadline > now) is { } patient)
                WatchFor(patient.Deadline);
            else
                next = TakeGroup();
        }

        Send(next);
    }

    private void WatchFor(long deadline) =>
        _watch.Change(Math.Max(1, deadline - Environment.TickCount64), Timeout.Infinite);

    private sealed class Caller(TRequest request, long deadline)
        : TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TRequest Request => request;

        /// <summary>In environment ticks. Nobody who comes later has an earlier one.</summary>
        public long Deadline => deadline;
    }
}
