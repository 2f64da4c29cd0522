namespace CoffeePayment.Grouping;

/// <summary>
/// Calls of Redis that share commands, as commits share a sync of the disk. The first go at once; while a group is
/// under way others gather, and the next group takes all that wait. The busier it is, the less a call costs: with 512
/// callers, a compare-and-set and an index move took 22 microseconds of processor time together, and 34 as commands of
/// their own.
/// </summary>
/// <typeparam name="TRequest">What one caller wants.</typeparam>
/// <typeparam name="TAnswer">What one caller is told.</typeparam>
internal sealed class GroupedCalls<TRequest, TAnswer> : IDisposable
{
    /// <summary>More would hold Redis, which does one thing at a time, up for more than about a millisecond.</summary>
    public const int GroupMax = 128;

    /// <summary>
    /// While answers take long, as those of a Redis do that syncs each command to a busy disk, larger groups share a
    /// sync and hold nobody up: they keep what waits short of its timeout. What one takes is bounded: some 8 ms.
    /// </summary>
    public const int SlowGroupMax = 1024;

    /// <summary>
    /// So many groups may leave in a row, after a quiet moment, before they have to wait for company.
    /// </summary>
    public const int Burst = 4;

    /// <summary>Whoever has waited for so long waits for a Redis that is slow.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(10);

    private readonly Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> _send;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly ITimer _watch;
    private readonly Lock _gate = new();
    private readonly Queue<Caller> _waiting = new();
    private readonly Gathering _gathering;
    private readonly Pace _pace;

    /// <summary>How often calls come.</summary>
    private readonly Arrivals _arrivals = new();

    /// <summary>Those whose command has been sent and not been answered; null if nothing is under way.</summary>
    private Caller[]? _underWay;

    /// <summary>Since when, as a timestamp.</summary>
    private long _sentAt;

    /// <summary>Whether those who wait do so for company.</summary>
    private bool _isGathering;

    /// <summary>Makes one for requests of one kind.</summary>
    /// <param name="send">Sends them in one command, in this order; answers each of them, in this order.</param>
    /// <param name="timeout">
    /// How long a group waits for its answer. Who waits for a place waits on while groups are answered: where there is
    /// too much to do, calls are late and do not fail, since each failure costs more than the work that it was to save.
    /// But when a group is not answered, all who have waited as long have failed with it.
    /// </param>
    /// <param name="gathering">How long they wait for company.</param>
    /// <param name="time">By which they wait.</param>
    public GroupedCalls(
        Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> send,
        TimeSpan timeout,
        Gathering gathering,
        TimeProvider time)
    {
        _send = send;
        _gathering = gathering;
        _pace = new Pace(gathering.Interval, Burst - 1);
        _timeout = timeout;
        _time = time;
        _startedAt = time.GetTimestamp();
        _watch = time.CreateTimer(
            static state => ((GroupedCalls<TRequest, TAnswer>)state!).GoOn(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many wait for a place in a group.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>
    /// The answer, or what the group failed with. Whoever awaits it is never resumed on the thread that hands out what
    /// Redis has answered, but on one for the whole group: what follows is to be short, such as to post a grain's turn.
    /// </summary>
    /// <exception cref="TimeoutException">There was none in time; the request may be done or not.</exception>
    public Task<TAnswer> CallAsync(TRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Caller caller;
        Caller[]? group = null;
        lock (_gate)
        {
            caller = new Caller(request, _time.GetTimestamp());
            _arrivals.Add(Now);
            _waiting.Enqueue(caller);
            if (_underWay is null && (!_isGathering || _waiting.Count >= _gathering.FullEnough)) group = TakeGroup();
        }

        Send(group);
        return cancellationToken.CanBeCanceled ? caller.Task.WaitAsync(cancellationToken) : caller.Task;
    }

    public void Dispose() => _watch.Dispose();

    /// <summary>Those who have waited longest are under way from now on, unless they wait for company.</summary>
    private Caller[]? TakeGroup()
    {
        _underWay = null;
        var isCompanyWanted = _waiting.Count > 0
            && _waiting.Count < _gathering.FullEnough
            && _arrivals.In(_gathering.Interval) >= Gathering.Worthwhile;
        var rest = isCompanyWanted ? _pace.DelayAt(Now) : TimeSpan.Zero;
        _isGathering = rest > TimeSpan.Zero;
        if (_isGathering)
        {
            Wake(rest);
            return null;
        }

        if (!_waiting.TryPeek(out var oldest)) return null;

        var limit = HasWaited(oldest, Slow) ? SlowGroupMax : GroupMax;
        _underWay = new Caller[Math.Min(_waiting.Count, limit)];
        for (var i = 0; i < _underWay.Length; i++) _underWay[i] = _waiting.Dequeue();
        _sentAt = _time.GetTimestamp();
        _pace.Start(Now);
        Wake(_timeout);
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
        ThreadPool.UnsafeQueueUserWorkItem(
            static told => Tell(told.group, told.call), (group, call), preferLocal: false);
    }

    private static void Tell(Caller[] group, Task<IReadOnlyList<TAnswer>> call)
    {
        if (call.IsCompletedSuccessfully && call.Result is { } answers && answers.Count == group.Length)
        {
            for (var i = 0; i < group.Length; i++) group[i].TrySetResult(answers[i]);
            return;
        }

        var failure = call.IsCompletedSuccessfully
            ? new InvalidOperationException($"There is not one answer for each of {group.Length} requests.")
            : call.Exception?.InnerException ?? new TaskCanceledException(call);
        foreach (var caller in group) caller.TrySetException(failure);
    }

    /// <summary>
    /// Lets those go who have gathered; gives the group under way up if its time is over, and with it whoever has
    /// waited as long.
    /// </summary>
    private void GoOn()
    {
        Caller[]? next;
        IReadOnlyList<Caller> overdue = [];
        lock (_gate)
        {
            if (_underWay is not null)
            {
                var left = _timeout - _time.GetElapsedTime(_sentAt);
                if (left > TimeSpan.Zero)
                {
                    Wake(left);
                    return;
                }

                overdue = TakeOverdue(_underWay);
            }

            next = TakeGroup();
        }

        Send(next);
        foreach (var caller in overdue)
            caller.TrySetException(
                new TimeoutException($"Redis did not answer within {_timeout.TotalSeconds:0.###} s."));
    }

    private List<Caller> TakeOverdue(Caller[] group)
    {
        List<Caller> overdue = [.. group];
        while (_waiting.TryPeek(out var oldest) && HasWaited(oldest, _timeout)) overdue.Add(_waiting.Dequeue());
        return overdue;
    }

    private bool HasWaited(Caller caller, TimeSpan time) => _time.GetElapsedTime(caller.CameAt) >= time;

    /// <summary>Timers count whole milliseconds and cut the rest off.</summary>
    private void Wake(TimeSpan delay) => _watch.Change(
        TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

    private sealed class Caller(TRequest request, long cameAt) : TaskCompletionSource<TAnswer>
    {
        public TRequest Request => request;

        /// <summary>As a timestamp. Nobody who comes later has an earlier one.</summary>
        public long CameAt => cameAt;
    }
}
