using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Timers;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Timers;

namespace CoffeePayment.Engine.Reminders;

/// <summary>
/// Ticks the reminders of a table whose grains live on this silo. What is in the table counts; the ones that tick here
/// follow it when it is read again, which happens from time to time and whenever homes may have moved. All fields are
/// touched in the service's own turns only.
/// </summary>
internal sealed class ReminderService
    : IReminderRegistry, ILifecycleParticipant<ISiloLifecycle>, IMembershipObserver, IDisposable
{
    // After a table that could not be read: what another silo ticked before it died must not wait for long.
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(GrainId, string), Reminder> _reminders = [];
    private readonly HashSet<(GrainId, string)> _changed = [];
    private readonly Silo _silo;
    private readonly IReminderTable _table;
    private readonly ReminderOptions _options;
    private readonly ServiceTurns _turns;
    private readonly TimeProvider _time;
    private readonly TimerQueue _timers;
    private ITimer? _refresh;
    private volatile bool _isTicking;
    private bool _isReading;
    private bool _isToBeReadAgain;

    public ReminderService(
        Silo silo, IOptions<ReminderOptions> options, IServiceProvider services, IEnumerable<IReminderTable> tables)
    {
        _silo = silo;
        _options = options.Value;
        _table = tables.LastOrDefault() ?? throw new OrleansConfigurationException(
            "Reminders were added, but no table to keep them in: call UseInMemoryReminderService or add another one.");
        _turns = new ServiceTurns(silo);
        _time = services.TimeOf(ReminderTimeProviderNames.Reminders);
        _timers = new TimerQueue(_time, silo.Executor);
    }

    private DateTime UtcNow => _time.GetUtcNow().UtcDateTime;

    public void Participate(ISiloLifecycle lifecycle)
    {
        _silo.Membership.Observe(this);
        lifecycle.Subscribe<ReminderService>(
            ServiceLifecycleStage.RuntimeGrainServices,
            token => _table.StartAsync(token),
            token => _table.StopAsync(token));
        lifecycle.Subscribe<ReminderService>(ServiceLifecycleStage.Active, StartTicking, StopTicking);
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        Validate(reminderName, dueTime, period);
        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = UtcNow + dueTime,
            Period = period,
        };
        var etag = await _table.UpsertRow(entry)
            ?? throw new ReminderException(
                $"Could not register reminder {entry} because the table refused it. Please try again.");
        entry.ETag = etag;
        await _turns.Run(() => Change((callingGrainId, reminderName), entry));
        return new ReminderHandle(callingGrainId, reminderName, etag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        if (reminder is not ReminderHandle handle)
            throw new ArgumentException("The reminder was not made by this reminder service.", nameof(reminder));

        if (!await _table.RemoveRow(handle.GrainId, handle.ReminderName, handle.ETag))
            throw new ReminderException(
                $"Could not unregister reminder {handle} from the reminder table, due to tag mismatch. You can retry.");

        await _turns.Run(() => Change((handle.GrainId, handle.ReminderName), null));
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await _table.ReadRow(callingGrainId, reminderName) is { } row ? Handle(row) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await _table.ReadRows(callingGrainId)).Reminders.Select(Handle)];

    public void ViewChanged(ClusterView before, ClusterView now)
    {
        if (_isTicking && !now.Active.SequenceEqual(before.Active)) _ = _turns.Run(TryRead);
    }

    public void DeclaredDead(string reason)
    {
        // The silo ends, and the service with it.
    }

    /// <summary>Called when a reminder is due.</summary>
    public void Tick(Reminder reminder) => _ = _turns.Run(() => TickAsync(reminder));

    public void Dispose()
    {
        _refresh?.Dispose();
        _timers.Dispose();
    }

    private static ReminderHandle Handle(ReminderEntry row) => new(row.GrainId, row.ReminderName, row.ETag!);

    private async Task StartTicking(CancellationToken cancellationToken)
    {
        _isTicking = true;
        await _turns.Run(Read);
        var period = _options.RefreshReminderListPeriod;
        _refresh = _time.CreateTimer(_ => _ = _turns.Run(TryRead), null, period, period);
    }

    private Task StopTicking(CancellationToken cancellationToken)
    {
        _isTicking = false;
        Dispose();
        return Task.CompletedTask;
    }

    // One at a time: of two, the one that was begun earlier may end later, and what it read is older then.
    private async Task Read()
    {
        _isToBeReadAgain = true;
        if (_isReading) return;
        _isReading = true;
        try
        {
            while (_isToBeReadAgain)
            {
                _isToBeReadAgain = false;
                await ReadOnce();
            }
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task ReadOnce()
    {
        _changed.Clear();
        var rows = (await _table.ReadRows(0, 0)).Reminders.Where(row => LivesHere(row.GrainId)).ToList();
        var known = rows.Select(row => (row.GrainId, row.ReminderName)).ToHashSet();

        // What was registered or unregistered while the table was read is newer than what was read.
        foreach (var gone in _reminders.Keys.Where(key => !known.Contains(key) && !_changed.Contains(key)).ToList())
            Stop(gone);
        foreach (var row in rows.Where(row => !_changed.Contains((row.GrainId, row.ReminderName))))
            Set(row, isNew: false);
    }

    private async Task TryRead()
    {
        try
        {
            await Read();
        }
        catch (Exception exception)
        {
            _silo.Log.RemindersNotRead(exception);
            var period = _options.RefreshReminderListPeriod;
            _refresh?.Change(period < RetryPeriod ? period : RetryPeriod, period);
        }
    }

    private void Change((GrainId, string) key, ReminderEntry? entry)
    {
        _changed.Add(key);
        if (entry is null) Stop(key);
        else if (LivesHere(entry.GrainId)) Set(entry, isNew: true);
    }

    private bool LivesHere(GrainId grainId) => _silo.HomeOf(grainId) is null;

    private void Set(ReminderEntry entry, bool isNew)
    {
        var key = (entry.GrainId, entry.ReminderName);
        if (_reminders.TryGetValue(key, out var current) && current.Entry.ETag == entry.ETag) return;

        Stop(key);
        var reminder = _reminders[key] = new Reminder(this, entry);
        _timers.Schedule(reminder, isNew ? reminder.FirstDelayAt(UtcNow) : reminder.DelayAt(UtcNow));
    }

    private void Stop((GrainId, string) key)
    {
        if (_reminders.Remove(key, out var reminder))
        {
            reminder.IsStopped = true;
            _timers.Cancel(reminder);
        }
    }

    private async Task TickAsync(Reminder reminder)
    {
        if (reminder.IsStopped) return;
        var entry = reminder.Entry;
        if (!LivesHere(entry.GrainId))
        {
            // Another silo ticks it already, or is about to read that it does.
            Stop((entry.GrainId, entry.ReminderName));
            return;
        }

        try
        {
            var status = new TickStatus(entry.StartAt, entry.Period, UtcNow);
            await _silo.GrainFactory.GetGrain<IRemindable>(entry.GrainId).ReceiveReminder(entry.ReminderName, status);
        }
        catch (Exception exception)
        {
            _silo.Log.ReminderFailed(entry.ReminderName, entry.GrainId, exception);
        }

        if (!reminder.IsStopped) _timers.Schedule(reminder, reminder.DelayAt(UtcNow));
    }

    private void Validate(string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(
                nameof(dueTime), "Cannot use InfiniteTimeSpan dueTime to create a reminder");
        if (dueTime < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(dueTime), "Cannot use negative dueTime to create a reminder");
        if (period == Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(
                nameof(period), "Cannot use InfiniteTimeSpan period to create a reminder");
        if (period < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(period), "Cannot use negative period to create a reminder");
        if (period < _options.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {reminderName} as requested period ({period}) is less than minimum allowed "
                + $"reminder period ({_options.MinimumReminderPeriod})",
                nameof(period));
        }

        if (string.IsNullOrEmpty(reminderName))
            throw new ArgumentException("Cannot use null or empty name for the reminder", nameof(reminderName));
    }
}
