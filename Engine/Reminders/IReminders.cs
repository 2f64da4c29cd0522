using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>A reminder: a stored timer of a grain, which outlives its activations and the silo.</summary>
    public interface IGrainReminder
    {
        string ReminderName { get; }
    }

    /// <summary>When a tick, and the first of its kind, was due (UTC).</summary>
    [Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        public DateTime FirstTickTime { get; } = firstTickTime;

        public TimeSpan Period { get; } = period;

        public DateTime CurrentTickTime { get; } = timeStamp;

        public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
    }
}

namespace Orleans.Reminders
{
    public static class ReminderTimeProviderNames
    {
        /// <summary>
        /// Key of the time provider that reminders take their time from; without one registered, the system's.
        /// </summary>
        public const string Reminders = "Orleans.Reminders";
    }
}

namespace Orleans.Timers
{
    /// <summary>The reminders of grains, for services; grains have extension methods of the same names.</summary>
    public interface IReminderRegistry
    {
        Task<IGrainReminder> RegisterOrUpdateReminder(
            GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

        Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

        Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

        Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
    }
}

namespace Orleans
{
    /// <summary>A reminder as it is stored.</summary>
    public sealed class ReminderEntry
    {
        public GrainId GrainId { get; set; }

        public string ReminderName { get; set; } = "";

        /// <summary>The first tick (UTC); the later ones keep its phase.</summary>
        public DateTime StartAt { get; set; }

        public TimeSpan Period { get; set; }

        public string? ETag { get; set; }

        public override string ToString() => $"<{GrainId}, {ReminderName}, {StartAt:O}, {Period}, {ETag}>";
    }

    public sealed class ReminderTableData
    {
        public ReminderTableData() => Reminders = [];

        public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = list.ToList();

        public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

        public IList<ReminderEntry> Reminders { get; }
    }

    /// <summary>Where reminders are kept.</summary>
    public interface IReminderTable
    {
        Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        Task<ReminderTableData> ReadRows(GrainId grainId);

        /// <summary>
        /// The rows whose grains' hash codes are in (begin, end], around the ring; begin = end means all.
        /// </summary>
        Task<ReminderTableData> ReadRows(uint begin, uint end);

        Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

        /// <summary>Adds or replaces; the new etag.</summary>
        Task<string> UpsertRow(ReminderEntry entry);

        /// <summary>Whether a row of this etag was there.</summary>
        Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

        Task TestOnlyClearTable();
    }

    /// <summary>The reminders of a grain that implements <see cref="IRemindable"/>.</summary>
    public static class GrainReminderExtensions
    {
        /// <summary>Registers a reminder, or moves the one of that name.</summary>
        /// <param name="grain">The grain itself, within a turn of its own.</param>
        /// <param name="reminderName">Unique within the grain.</param>
        /// <param name="dueTime">From now to the first tick; not negative.</param>
        /// <param name="period">Between ticks; no less than <c>ReminderOptions.MinimumReminderPeriod</c>.</param>
        /// <exception cref="ArgumentException">The period is too short, or the name empty.</exception>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
            RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

        /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
            Registry(grain).RegisterOrUpdateReminder(grain.GrainContext.GrainId, reminderName, dueTime, period);

        public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
            UnregisterReminder((IGrainBase)grain, reminder);

        public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
            Registry(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

        /// <summary>The reminder of that name, or null.</summary>
        public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
            GetReminder((IGrainBase)grain, reminderName);

        /// <inheritdoc cref="GetReminder(Grain, string)"/>
        public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
            Registry(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

        public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

        public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
            Registry(grain).GetReminders(grain.GrainContext.GrainId);

        private static Timers.IReminderRegistry Registry(IGrainBase grain)
        {
            if (grain is not IRemindable)
            {
                throw new InvalidOperationException(
                    $"Grain {grain.GrainContext.GrainId} is not \"{nameof(IRemindable)}\". A grain should implement "
                    + $"{nameof(IRemindable)} to use the persistent reminder service.");
            }

            return grain.GrainContext.ActivationServices.GetService<Timers.IReminderRegistry>()
                ?? throw new OrleansConfigurationException(
                    "There are no reminders on this silo; add UseInMemoryReminderService() or another one.");
        }
    }
}
