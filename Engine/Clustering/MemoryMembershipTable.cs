using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>The silos of one process, in its memory: what those of a test cluster share.</summary>
internal sealed class MemoryMembershipTable : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, string Etag)> _rows = [];
    private int _version;
    private long _lastEtag;
    private string _versionEtag = "0";

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_lock)
        {
            _rows.Clear();
            _version = 0;
            _versionEtag = NextEtag();
        }

        return Task.CompletedTask;
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        lock (_lock)
        {
            foreach (var (silo, (entry, _)) in _rows)
            {
                var heard = entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;
                if (entry.Status == SiloStatus.Dead && heard < beforeDate.UtcDateTime) _rows.Remove(silo);
            }
        }

        return Task.CompletedTask;
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (_lock) return Task.FromResult(Read(_rows.Keys.Where(silo => silo.Equals(key))));
    }

    public Task<MembershipTableData> ReadAll()
    {
        lock (_lock) return Task.FromResult(Read(_rows.Keys));
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        lock (_lock)
            return Task.FromResult(!_rows.ContainsKey(entry.SiloAddress) && TryWrite(entry, tableVersion));
    }

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        lock (_lock)
        {
            return Task.FromResult(_rows.TryGetValue(entry.SiloAddress, out var row) && row.Etag == etag
                && TryWrite(entry, tableVersion));
        }
    }

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_lock)
        {
            // The etag stays: a heartbeat is no change that others could miss.
            if (_rows.TryGetValue(entry.SiloAddress, out var row)) row.Entry.IAmAliveTime = entry.IAmAliveTime;
        }

        return Task.CompletedTask;
    }

    private MembershipTableData Read(IEnumerable<SiloAddress> silos) => new(
        [.. silos.Order().Select(silo => Tuple.Create(_rows[silo].Entry.Copy(), _rows[silo].Etag))],
        new TableVersion(_version, _versionEtag));

    private bool TryWrite(MembershipEntry entry, TableVersion version)
    {
        if (version.VersionEtag != _versionEtag) return false;
        _version = version.Version;
        _versionEtag = NextEtag();
        _rows[entry.SiloAddress] = (entry.Copy(), _versionEtag);
        return true;
    }

    private string NextEtag() => (++_lastEtag).ToString(CultureInfo.InvariantCulture);
}
