using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Reminders;
using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>The list of silos as one of them sees it.</summary>
internal sealed class SiloTable(Backend backend, Lane silo, MemoryMembershipTable table) : IMembershipTable
{
    public Task InitializeMembershipTable(bool tryInitTableVersion) => backend.CallAsync(silo, static () => true);

    public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        Ask(() => Done(table.CleanupDefunctSiloEntries(beforeDate)));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Ask(() => table.ReadRow(key).Result);

    public Task<MembershipTableData> ReadAll() => Ask(() => table.ReadAll().Result);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Ask(() => table.InsertRow(entry, tableVersion).Result);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Ask(() => table.UpdateRow(entry, etag, tableVersion).Result);

    public Task UpdateIAmAlive(MembershipEntry entry) => Ask(() => Done(table.UpdateIAmAlive(entry)));

    private static bool Done(Task task) => task.IsCompletedSuccessfully;

    private Task<T> Ask<T>(Func<T> work) => backend.CallAsync(silo, work);
}

/// <summary>The reminders as one silo sees them.</summary>
internal sealed class ReminderTable(Backend backend, Lane silo, MemoryReminderTable table) : IReminderTable
{
    public Task<ReminderTableData> ReadRows(GrainId grainId) => Ask(() => table.ReadRows(grainId).Result);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Ask(() => table.ReadRows(begin, end).Result);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Ask(() => table.ReadRow(grainId, reminderName).Result);

    public Task<string> UpsertRow(ReminderEntry entry) => Ask(() => table.UpsertRow(Copy(entry)).Result);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        Ask(() => table.RemoveRow(grainId, reminderName, eTag).Result);

    public Task TestOnlyClearTable() => throw new NotSupportedException();

    private static ReminderEntry Copy(ReminderEntry entry) => new()
    {
        GrainId = entry.GrainId,
        ReminderName = entry.ReminderName,
        StartAt = entry.StartAt,
        Period = entry.Period,
    };

    private Task<T> Ask<T>(Func<T> work) => backend.CallAsync(silo, work);
}
