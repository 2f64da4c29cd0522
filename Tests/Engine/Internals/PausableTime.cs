namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// The clock of a process that can be stopped: time goes on, timers that came due fire when it goes on.
/// </summary>
internal sealed class PausableTime(TimeProvider time) : TimeProvider
{
    private readonly List<Action> _due = [];
    private bool _isPaused;

    public bool IsPaused
    {
        get => _isPaused;
        set
        {
            _isPaused = value;
            if (value) return;
            foreach (var callback in _due) callback();
            _due.Clear();
        }
    }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(
            _ =>
            {
                if (_isPaused) _due.Add(() => callback(state));
                else callback(state);
            },
            null,
            dueTime,
            period);
}
