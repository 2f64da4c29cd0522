using CoffeePayment.Engine.Timers;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Reminders;

/// <summary>What a grain holds of a reminder: enough to unregister it.</summary>
internal sealed record ReminderHandle(GrainId GrainId, string ReminderName, string ETag) : IGrainReminder;

/// <summary>One reminder as it ticks on this silo.</summary>
internal sealed class Reminder(ReminderService service, ReminderEntry entry) : ITimed
{
    // The tick that waits or, between two, the last one.
    private DateTime _dueAt;

    public ReminderEntry Entry => entry;

    /// <summary>Another entry took its place, or none.</summary>
    public bool IsStopped { get; set; }

    int ITimed.Slot { get; set; } = -1;

    /// <summary>From now to the first tick of one that has just been registered, however little is left.</summary>
    public TimeSpan FirstDelayAt(DateTime now)
    {
        _dueAt = entry.StartAt;
        return _dueAt > now ? _dueAt - now : TimeSpan.Zero;
    }

    /// <summary>
    /// From now to the next tick, which is then the one due. The phase of the first one is kept, no tick comes twice,
    /// ticks that were missed are not made up for, and a wall clock that is set back delays none by more than a period.
    /// </summary>
    public TimeSpan DelayAt(DateTime now)
    {
        var passed = Math.Max(0, (now - entry.StartAt).Ticks + entry.Period.Ticks - 1) / entry.Period.Ticks;
        var next = entry.StartAt + (entry.Period * passed);
        _dueAt = next == _dueAt ? next + entry.Period : next;
        return _dueAt - now;
    }

    void ITimed.OnDue() => service.Tick(this);
}
