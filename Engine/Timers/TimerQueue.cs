using CoffeePayment.Engine.Scheduling;

namespace CoffeePayment.Engine.Timers;

/// <summary>What a <see cref="TimerQueue"/> holds; an object is in at most one queue, at most once.</summary>
internal interface ITimed
{
    /// <summary>Where it stands in the queue, for the queue's use; -1 when not in it. Starts as -1.</summary>
    int Slot { get; set; }

    /// <summary>
    /// The time has come. Called on a thread that all others of the queue wait for: post, do not work, and throw nothing.
    /// </summary>
    void OnDue();
}

/// <summary>
/// Many timers on one timer of the system: a heap with four children a node, ordered by due time. It costs 16
/// bytes a timer instead of a timer object each, ticks at the exact times of a virtual clock, and never early.
/// </summary>
/// <remarks>
/// After a standstill the late ones ring a few at a time, behind whatever else is to be run by then. What they begin is
/// so carried on before more is begun, and what has not been begun costs nothing: all at once, thousands of turns are
/// half done, with all that they hold, and the collector takes the time that would be needed to catch up. At 11,000
/// checks a second a check took 118 and 121 microseconds of processor time so, and takes 86 this way.
/// </remarks>
internal sealed class TimerQueue : IThreadPoolWorkItem, IDisposable
{
    /// <summary>How many ring at once: at 12,000 a second, what becomes due in 5 ms.</summary>
    internal const int RingMax = 64;

    /// <summary>
    /// How long after a ring the next one comes at the soonest, where time is the machine's. Of thousands of timers one
    /// becomes due every millisecond, and each ring wakes threads: at 4,000 checks a second a check costs a twentieth
    /// less processor time this way, and half of them start within 3 ms either way.
    /// </summary>
    private static readonly TimeSpan RingPause = TimeSpan.FromMilliseconds(4);

    private readonly Lock _lock = new();
    private readonly Clock _clock;
    private readonly IExecutor _executor;
    private readonly ITimer _alarm;
    private readonly bool _countsMilliseconds;
    private readonly long _pause;
    private (long Due, ITimed Timed)[] _heap = new (long, ITimed)[16];
    private int _count;
    private long _alarmAt = long.MaxValue;
    private long _rangAt;
    private bool _isRinging;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="provider">The time.</param>
    /// <param name="executor">What goes on ringing where many are due.</param>
    /// <param name="pause">
    /// How long after a ring the next one comes at the soonest; null: 4 ms where time is the machine's, none where it
    /// is virtual.
    /// </param>
    public TimerQueue(TimeProvider provider, IExecutor executor, TimeSpan? pause = null)
    {
        _executor = executor;
        _clock = new Clock(provider);
        _countsMilliseconds = provider == TimeProvider.System;
        _pause = (pause ?? (_countsMilliseconds ? RingPause : TimeSpan.Zero)).Ticks;
        _alarm = provider.CreateTimer(
            static self => ((TimerQueue)self!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _count;

    /// <summary>Sets or moves the time; an infinite delay takes it out.</summary>
    public void Schedule(ITimed timed, TimeSpan delay)
    {
        if (delay == Timeout.InfiniteTimeSpan)
        {
            Cancel(timed);
            return;
        }

        var now = _clock.Now;
        var due = now > long.MaxValue - delay.Ticks ? long.MaxValue : now + delay.Ticks;
        lock (_lock)
        {
            if (timed.Slot >= 0) Remove(timed.Slot);
            if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
            Rise(_count++, (due, timed));
            SetAlarm(now);
        }
    }

    public void Cancel(ITimed timed)
    {
        lock (_lock)
        {
            if (timed.Slot < 0) return;
            Remove(timed.Slot);
            SetAlarm(_clock.Now);
        }
    }

    public void Dispose() => _alarm.Dispose();

    void IThreadPoolWorkItem.Execute() => Ring();

    private void Ring()
    {
        var due = new List<ITimed>();
        bool isMoreDue;
        lock (_lock)
        {
            var now = _clock.Now;
            _alarmAt = long.MaxValue;
            while (due.Count < RingMax && IsFirstDue(now))
            {
                due.Add(_heap[0].Timed);
                Remove(0);
            }

            if (due.Count > 0) _rangAt = now;
            _isRinging = isMoreDue = IsFirstDue(now);
            SetAlarm(now);
        }

        foreach (var timed in due) timed.OnDue();
        if (isMoreDue) _executor.Execute(this);
    }

    private bool IsFirstDue(long now) => _count > 0 && _heap[0].Due <= now;

    private void SetAlarm(long now)
    {
        // It goes on ringing by itself.
        if (_isRinging) return;

        var due = _count == 0 ? long.MaxValue : Math.Max(_heap[0].Due, _rangAt + _pause);
        if (due == _alarmAt) return;
        _alarmAt = due;
        var delay = due == long.MaxValue ? Timeout.InfiniteTimeSpan : Delay(Math.Max(0, due - now));
        _alarm.Change(delay, Timeout.InfiniteTimeSpan);
    }

    // System timers count whole milliseconds, at most 49 days of them, and cut off the rest. Rounded up, an alarm is
    // never early; one that rings with nothing due is set again.
    private TimeSpan Delay(long ticks) => _countsMilliseconds
        ? TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(ticks / (double)TimeSpan.TicksPerMillisecond), int.MaxValue))
        : TimeSpan.FromTicks(ticks);

    private void Remove(int slot)
    {
        _heap[slot].Timed.Slot = -1;
        var last = _heap[--_count];
        _heap[_count] = default;
        if (slot == _count) return;
        if (slot > 0 && last.Due < _heap[(slot - 1) / 4].Due) Rise(slot, last);
        else Sink(slot, last);
    }

    private void Rise(int slot, (long Due, ITimed Timed) item)
    {
        while (slot > 0 && _heap[(slot - 1) / 4] is var parent && item.Due < parent.Due)
        {
            Place(slot, parent);
            slot = (slot - 1) / 4;
        }

        Place(slot, item);
    }

    private void Sink(int slot, (long Due, ITimed Timed) item)
    {
        while ((slot * 4) + 1 is var child && child < _count)
        {
            var end = Math.Min(child + 4, _count);
            for (var other = child + 1; other < end; other++)
            {
                if (_heap[other].Due < _heap[child].Due) child = other;
            }

            if (item.Due <= _heap[child].Due) break;
            Place(slot, _heap[child]);
            slot = child;
        }

        Place(slot, item);
    }

    private void Place(int slot, (long Due, ITimed Timed) item)
    {
        _heap[slot] = item;
        item.Timed.Slot = slot;
    }
}
