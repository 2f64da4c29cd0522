namespace CoffeePayment.Tests.Simulation.Core;

/// <summary>
/// The clock of one process: its wall clock may be off, jump, and run a little fast or slow; its timers run in its
/// lane. </summary>
internal sealed class LaneTime(Lane lane) : TimeProvider
{
    private TimeSpan _offset;

    /// <summary>How much faster it runs than time itself, in millionths.</summary>
    public int DriftPpm { get; init; }

    /// <summary>When its wall clock was last set.</summary>
    public long? LastJump { get; private set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private Scheduler Scheduler => lane.Scheduler;

    public void Jump(TimeSpan by)
    {
        _offset += by;
        LastJump = Scheduler.Elapsed;
    }

    public override long GetTimestamp() => ToOwn(Scheduler.Elapsed);

    public override DateTimeOffset GetUtcNow() => Scheduler.Start.AddTicks(GetTimestamp()) + _offset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LaneTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private long ToOwn(long time) => time + (time / 1_000_000 * DriftPpm);

    // Rounded up, so that no timer is early by its own clock.
    private long ToTime(long own)
    {
        var time = own - (own / 1_000_000 * DriftPpm);
        while (ToOwn(time) < own) time += own - ToOwn(time);
        return time;
    }

    private sealed class LaneTimer : ITimer
    {
        private readonly LaneTime _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly Scheduler.Alarm _alarm;
        private long _due;
        private TimeSpan _period;
        private bool _isDisposed;

        public LaneTimer(LaneTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _callback = callback;
            _state = state;
            _alarm = new Scheduler.Alarm(time.Lane, Fire);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed) return false;
            _period = period;
            if (dueTime == Timeout.InfiniteTimeSpan) _alarm.Disarm();
            else Arm(_time.GetTimestamp() + dueTime.Ticks);
            return true;
        }

        public void Dispose()
        {
            _isDisposed = true;
            _alarm.Disarm();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(long due)
        {
            _due = due;
            _time.Scheduler.Arm(_alarm, Math.Max(_time.Scheduler.Elapsed, _time.ToTime(due)));
        }

        private void Fire()
        {
            if (_isDisposed) return;
            if (_period > TimeSpan.Zero && _alarm.Number == 0)
                Arm(Math.Max(_due + _period.Ticks, _time.GetTimestamp()));
            _callback(_state);
        }
    }

    private Lane Lane => lane;
}
