namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Cancels requests that take too long. All may take equally long, so they end in the order in which they began: one
/// queue and one timer look after all of them, and what cancels one request serves the next.
/// </summary>
internal sealed class RequestDeadlines : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;
    private readonly ITimer _timer;
    private readonly LinkedList<RequestDeadline> _underWay = [];
    private readonly Stack<RequestDeadline> _unused = [];

    public RequestDeadlines(TimeProvider timeProvider, TimeSpan timeout)
    {
        _timeProvider = timeProvider;
        _timeout = timeout;
        _timer = timeProvider.CreateTimer(
            static self => ((RequestDeadlines)self!).CancelLate(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>A request begins; it must end with <see cref="End"/>.</summary>
    public RequestDeadline Begin(CancellationToken caller)
    {
        RequestDeadline? deadline;
        lock (_lock)
        {
            if (!_unused.TryPop(out deadline)) deadline = new RequestDeadline();
            deadline.BeganAt = _timeProvider.GetTimestamp();
            _underWay.AddLast(deadline.Place);
            if (_underWay.First == deadline.Place) _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
        }

        deadline.Observe(caller);
        return deadline;
    }

    /// <summary>The request is over. Its token means nothing from here on.</summary>
    public void End(RequestDeadline deadline)
    {
        var isReusable = deadline.TryReuse();
        lock (_lock)
        {
            // One that is not in the list is being cancelled just now.
            if (deadline.Place.List is null) return;
            _underWay.Remove(deadline.Place);
            if (isReusable) _unused.Push(deadline);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void CancelLate()
    {
        while (TakeLate() is { } late) late.Cancel();
    }

    private RequestDeadline? TakeLate()
    {
        lock (_lock)
        {
            if (_underWay.First is not { } oldest) return null;

            var rest = _timeout - _timeProvider.GetElapsedTime(oldest.Value.BeganAt);
            if (rest <= TimeSpan.Zero)
            {
                _underWay.RemoveFirst();
                return oldest.Value;
            }

            // Timers count whole milliseconds and cut the rest off.
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            return null;
        }
    }
}
