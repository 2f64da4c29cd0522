namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>A table that can be away.</summary>
internal sealed class BreakableTable(IMembershipTable table) : IMembershipTable
{
    public bool IsAway { get; set; }

    public IMembershipTable Inner => table;

    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        Reach(() => table.InitializeMembershipTable(tryInitTableVersion));

    public Task DeleteMembershipTableEntries(string clusterId) =>
        Reach(() => table.DeleteMembershipTableEntries(clusterId));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        Reach(() => table.CleanupDefunctSiloEntries(beforeDate));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Reach(() => table.ReadRow(key));

    public Task<MembershipTableData> ReadAll() => Reach(table.ReadAll);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Reach(() => table.InsertRow(entry, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Reach(() => table.UpdateRow(entry, etag, tableVersion));

    public Task UpdateIAmAlive(MembershipEntry entry) => Reach(() => table.UpdateIAmAlive(entry));

    // Others get their turn between a read and the write that follows, as they do over a network.
    private async Task<T> Reach<T>(Func<Task<T>> work)
    {
        await Task.Yield();
        return IsAway ? throw new IOException("The table is away.") : await work();
    }

    private async Task Reach(Func<Task> work)
    {
        await Task.Yield();
        if (IsAway) throw new IOException("The table is away.");
        await work();
    }
}
