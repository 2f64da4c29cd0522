using CoffeePayment.Engine.Timers;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Reminders;

/// <summary>What a grain holds of a reminder: enough to unregister it.</summary>
internal sealed record ReminderHandle(GrainId GrainId, string ReminderName, string ETag) : IGrainReminder;

/// <summary>One reminder as it ticks on this silo.</summary>
internal sealed class Reminder(ReminderService service, ReminderEntry entry) : ITimed
{
    public ReminderEntry Entry => entry;

    /// <summary>Another entry took its place, or none.</summary>
    public bool IsStopped { get; set; }

    int ITimed.Slot { get; set; } = -1;

    /// <summary>From now to the next tick. The phase of the first one is kept; ticks that were missed are not made up for.</summary>
    public TimeSpan DelayAt(DateTime now)
    {
        if (entry.StartAt > now) return entry.StartAt - now;
        var passed = (now - entry.StartAt).Ticks / entry.Period.Ticks;
        return entry.StartAt + (entry.Period * (passed + 1)) - now;
    }

    void ITimed.OnDue() => service.Tick(this);
}
