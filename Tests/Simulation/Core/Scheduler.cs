namespace CoffeePayment.Tests.Simulation.Core;

/// <summary>
/// Runs everything there is, one piece after the other, on the thread that calls it: what is ready in random order, and
/// when nothing is, time passes up to the next alarm. Work that shows up on another thread is a failure: it escaped.
/// </summary>
internal sealed class Scheduler(Dice dice)
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Lane> _lanes = [];
    private readonly PriorityQueue<Alarm, (long Due, long Number)> _alarms = new();
    private volatile string? _escape;
    private long _armings;

    /// <summary>When the world begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What has passed since then, in ticks of 100 ns.</summary>
    public long Elapsed { get; private set; }

    public DateTimeOffset Now => Start.AddTicks(Elapsed);

    public long Steps { get; private set; }

    public Lane AddLane(string name)
    {
        var lane = new Lane(this, name);
        _lanes.Add(lane);
        return lane;
    }

    public void RemoveLane(Lane lane)
    {
        lane.End();
        _lanes.Remove(lane);
    }

    /// <summary>Has the action run in the lane after that time; null: at once.</summary>
    public Alarm After(TimeSpan delay, Lane lane, Action action)
    {
        var alarm = new Alarm(lane, action);
        Arm(alarm, Elapsed + Math.Max(0, delay.Ticks));
        return alarm;
    }

    public void Arm(Alarm alarm, long due)
    {
        AssertOwnThread();
        alarm.Number = ++_armings;
        alarm.Due = due;
        _alarms.Enqueue(alarm, (due, alarm.Number));
    }

    /// <summary>Runs one piece of work. False: there is nothing more to do before that time, which has come.</summary>
    public bool Step(long until)
    {
        if (_escape is { } escape) throw new InvalidOperationException($"Work escaped from the simulation: {escape}");
        while (true)
        {
            var runnable = 0;
            foreach (var lane in _lanes) runnable += lane.Runnable;
            if (runnable > 0)
            {
                Run(dice.Next(runnable));
                return true;
            }

            if (!Ring(until)) return false;
        }
    }

    public void AssertOwnThread()
    {
        if (Environment.CurrentManagedThreadId != _thread) _escape ??= Environment.StackTrace;
    }

    private void Run(int place)
    {
        foreach (var lane in _lanes)
        {
            if (place >= lane.Runnable)
            {
                place -= lane.Runnable;
                continue;
            }

            Steps++;
            lane.Run(place);
            return;
        }
    }

    /// <summary>Lets time pass to the next alarm, and makes ready what is due then.</summary>
    private bool Ring(long until)
    {
        while (_alarms.TryPeek(out var alarm, out var place))
        {
            if (alarm.Number != place.Number || alarm.Lane.IsDead)
            {
                _alarms.Dequeue();
                continue;
            }

            if (place.Due > until) break;
            _alarms.Dequeue();
            Elapsed = Math.Max(Elapsed, place.Due);
            alarm.Number = 0;
            alarm.Lane.Execute(alarm);
            if (!_alarms.TryPeek(out _, out var next) || next.Due > Elapsed) return true;
        }

        Elapsed = Math.Max(Elapsed, until);
        return false;
    }

    /// <summary>Something to be done at some time.</summary>
    internal sealed class Alarm(Lane lane, Action action) : IThreadPoolWorkItem
    {
        public Lane Lane => lane;

        public long Due { get; set; }

        /// <summary>Which arming is in force; 0: none.</summary>
        public long Number { get; set; }

        public void Disarm() => Number = 0;

        public void Execute() => action();
    }
}
