namespace CoffeePayment.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, on its thread, in the
/// order of their due times (those due at the same instant: in the order in which they were armed), and each of
/// them sees the instant at which it was due as now.
/// </summary>
/// <remarks>
/// A timer armed with a due time of zero fires at once on the thread pool, as with the system's clock. Callbacks
/// run under the execution context in which their timer was created, also as with the system's clock. The local
/// time zone is UTC.
/// Who reads the clock a hundred thousand times at one instant waits for less than timers count, as Orleans' reminders
/// do; from then on each reading takes a tick, as it does on a real clock, or that wait would never end.
/// </remarks>
public sealed class VirtualTimeProvider : TimeProvider
{
    private const int ReadingsAtOneInstantMax = 100_000;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Arming)> _queue = new();
    private readonly List<(long Until, TaskCompletionSource Armed)> _waiters = [];
    private DateTimeOffset _start;
    private long _elapsedTicks;
    private long _armings;
    private int _armed;
    private int _readings;

    /// <summary>A clock that stands at <paramref name="start"/>; by default at noon of 1 March 2026, UTC.</summary>
    public VirtualTimeProvider(DateTimeOffset? start = null) =>
        _start = start?.ToUniversalTime() ?? new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait for their time.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
                return _armed;
        }
    }

    /// <summary>When the next timer fires; null if none is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
                return FirstArmed() is { } timer ? _start.AddTicks(timer.Due) : null;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (++_readings > ReadingsAtOneInstantMax) _elapsedTicks++;
            return _start.AddTicks(_elapsedTicks);
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _elapsedTicks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets that much time pass and fires every timer that comes due on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        long until;
        lock (_lock)
            until = _elapsedTicks + time.Ticks;

        while (TakeDue(until) is { } timer)
            timer.Fire();
    }

    /// <summary>Lets time pass up to that instant; does nothing if it is past.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        var time = instant - GetUtcNow();
        if (time > TimeSpan.Zero)
            Advance(time);
    }

    /// <summary>
    /// Sets the wall clock forward or back, as a correction by NTP does: <see cref="GetUtcNow"/> jumps, timers and
    /// <see cref="GetTimestamp"/> do not notice.
    /// </summary>
    public void JumpWallClock(TimeSpan by)
    {
        lock (_lock)
            _start += by;
    }

    /// <summary>
    /// Completes as soon as a timer is armed that fires within that time from now: at once if there is one already.
    /// With it a test can wait until code on other threads waits for the clock, and only then move the clock.
    /// </summary>
    public Task WhenTimerArmedAsync(TimeSpan within, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var until = _elapsedTicks + within.Ticks;
            if (FirstArmed() is { } first && first.Due <= until)
                return Task.CompletedTask;

            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((until, armed));
            return armed.Task.WaitAsync(cancellationToken);
        }
    }

    private static long Ticks(TimeSpan time, string name)
    {
        if (time == Timeout.InfiniteTimeSpan)
            return -1;
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
        return time.Ticks;
    }

    private VirtualTimer? FirstArmed()
    {
        while (_queue.TryPeek(out var timer, out var place))
        {
            if (timer.Arming == place.Arming)
                return timer;
            _queue.Dequeue();
        }
        return null;
    }

    private VirtualTimer? TakeDue(long until)
    {
        lock (_lock)
        {
            _readings = 0;
            var timer = FirstArmed();
            if (timer is null || timer.Due > until)
            {
                _elapsedTicks = Math.Max(_elapsedTicks, until);
                return null;
            }

            _elapsedTicks = Math.Max(_elapsedTicks, timer.Due);
            Disarm(timer);
            if (timer.Period > 0)
                Arm(timer, timer.Due + timer.Period);
            return timer;
        }
    }

    private void Arm(VirtualTimer timer, long due)
    {
        timer.Due = due;
        timer.Arming = ++_armings;
        _armed++;
        _queue.Enqueue(timer, (due, timer.Arming));
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Until < due)
                continue;
            _waiters[i].Armed.TrySetResult();
            _waiters.RemoveAt(i);
        }
    }

    private void Disarm(VirtualTimer timer)
    {
        if (timer.Arming != 0)
            _armed--;
        timer.Arming = 0;
    }

    private sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _disposed;

        public long Due { get; set; }

        /// <summary>
        /// Which arming is in force; 0 when none is, so that earlier places in the queue count for nothing.
        /// </summary>
        public long Arming { get; set; }

        public long Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var due = Ticks(dueTime, nameof(dueTime));
            var periodTicks = Ticks(period, nameof(period));
            lock (clock._lock)
            {
                if (_disposed)
                    return false;

                Period = periodTicks;
                clock.Disarm(this);
                if (due >= 0)
                    clock.Arm(this, clock._elapsedTicks + due);
            }

            if (due == 0)
                ThreadPool.UnsafeQueueUserWorkItem(static it => it.Advance(TimeSpan.Zero), clock, preferLocal: false);
            return true;
        }

        public void Fire()
        {
            if (_context is null)
                callback(state);
            else
                ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Invoke(), this);
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _disposed = true;
                clock.Disarm(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Invoke() => callback(state);
    }
}
