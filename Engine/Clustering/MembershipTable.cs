using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Where the silos of one cluster are listed. Every change but a heartbeat raises the table's version, by
/// compare-and-set, so all silos see the same changes in the same order.
/// </summary>
public interface IMembershipTable
{
    /// <param name="tryInitTableVersion">Writes version 0 if there is no table yet.</param>
    Task InitializeMembershipTable(bool tryInitTableVersion);

    Task DeleteMembershipTableEntries(string clusterId);

    /// <summary>Removes dead silos that were last heard of before that time.</summary>
    Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate);

    /// <summary>That silo, if it is listed, and the version.</summary>
    Task<MembershipTableData> ReadRow(SiloAddress key);

    Task<MembershipTableData> ReadAll();

    /// <summary>Adds a silo and sets the version.</summary>
    /// <param name="entry">The silo.</param>
    /// <param name="tableVersion">The version to write: the one that was read, and <c>Next()</c> called on it.</param>
    /// <returns>False: somebody else changed the table since, or the silo is listed already.</returns>
    Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion);

    /// <summary>Replaces a silo's entry and sets the version.</summary>
    /// <param name="entry">The silo.</param>
    /// <param name="etag">The etag that was read with the entry.</param>
    /// <param name="tableVersion">The version to write: the one that was read, and <c>Next()</c> called on it.</param>
    /// <returns>False: somebody else changed the table since.</returns>
    Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion);

    /// <summary>Sets the silo's <see cref="MembershipEntry.IAmAliveTime"/>, whatever the version.</summary>
    Task UpdateIAmAlive(MembershipEntry entry);
}

/// <summary>A version of a membership table, and the etag that guards it.</summary>
[GenerateSerializer, Immutable]
public sealed class TableVersion(int version, string eTag)
{
    [Id(0)]
    public int Version { get; } = version;

    [Id(1)]
    public string VersionEtag { get; } = eTag;

    /// <summary>The version to write over this one.</summary>
    public TableVersion Next() => new(Version + 1, VersionEtag);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"<{Version}, {VersionEtag}>");
}

/// <summary>What was read of a membership table: entries with their etags, and its version.</summary>
[GenerateSerializer, Immutable]
public sealed class MembershipTableData
{
    public MembershipTableData(TableVersion version)
        : this([], version)
    {
    }

    public MembershipTableData(Tuple<MembershipEntry, string> tuple, TableVersion version)
        : this([tuple], version)
    {
    }

    public MembershipTableData(List<Tuple<MembershipEntry, string>> list, TableVersion version)
    {
        // Living silos first, as in Orleans.
        Members = [.. list.OrderBy(member => member.Item1.Status == SiloStatus.Dead)];
        Version = version;
    }

    [Id(0)]
    public IReadOnlyList<Tuple<MembershipEntry, string>> Members { get; }

    [Id(1)]
    public TableVersion Version { get; }

    public Tuple<MembershipEntry, string>? TryGet(SiloAddress silo) =>
        Members.FirstOrDefault(member => member.Item1.SiloAddress.Equals(silo));
}
