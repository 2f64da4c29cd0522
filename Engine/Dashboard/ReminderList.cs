using CoffeePayment.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Reminders;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>The reminders of the cluster, read from their table at most every few seconds.</summary>
internal sealed class ReminderList(IServiceProvider services)
{
    private const int ShownMax = 100;

    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(5);

    private readonly IReminderTable? _table = services.GetServices<IReminderTable>().LastOrDefault();
    private readonly TimeProvider _time = services.TimeOf(ReminderTimeProviderNames.Reminders);
    private ReminderEntry[]? _entries;
    private long _readAt;

    /// <summary>Those that tick next; their number and no list where they cannot be read.</summary>
    public async Task<ReminderFigures> ReadAsync()
    {
        if (_table is null) return new ReminderFigures(0, IsReadable: true, []);

        try
        {
            if (_entries is null || _time.GetElapsedTime(_readAt) >= AgeMax)
            {
                _entries = [.. (await _table.ReadRows(0, 0)).Reminders];
                _readAt = _time.GetTimestamp();
            }
        }
        catch (Exception)
        {
            // Whatever the table's reasons are, its own log has them; the rest of the page can be shown.
            return new ReminderFigures(_entries?.Length ?? 0, IsReadable: false, []);
        }

        var now = _time.GetUtcNow().UtcDateTime;
        return new ReminderFigures(_entries.Length, IsReadable: true, [.. _entries
            .Select(entry => new ReminderFigure(
                entry.GrainId.ToString(), entry.ReminderName, entry.Period.TotalSeconds, NextTick(entry, now)))
            .OrderBy(reminder => reminder.NextAt)
            .Take(ShownMax)]);
    }

    private static DateTime NextTick(ReminderEntry entry, DateTime now)
    {
        if (entry.StartAt >= now) return entry.StartAt;

        var periods = ((now - entry.StartAt).Ticks + entry.Period.Ticks - 1) / entry.Period.Ticks;
        return entry.StartAt + (entry.Period * periods);
    }
}

/// <param name="Total">How many there are.</param>
/// <param name="IsReadable">Whether the table could be read.</param>
/// <param name="Next">Those that tick next.</param>
internal sealed record ReminderFigures(int Total, bool IsReadable, ReminderFigure[] Next);

/// <param name="Grain">Its id.</param>
/// <param name="Name">The reminder's.</param>
/// <param name="PeriodSeconds">Between ticks.</param>
/// <param name="NextAt">UTC.</param>
internal sealed record ReminderFigure(string Grain, string Name, double PeriodSeconds, DateTime NextAt);
