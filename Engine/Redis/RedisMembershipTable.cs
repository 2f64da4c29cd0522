using System.Globalization;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>
/// The silos of a cluster in one hash: a field for each, and <c>Version</c>, which is also the etag of everything in
/// it. The layout is that of the official package.
/// </summary>
internal sealed class RedisMembershipTable : IMembershipTable, IDisposable
{
    private const string VersionField = "Version";

    // Whether the silo must be listed already is the last argument.
    private static readonly RedisScript WriteScript = new(
        """
        if redis.call('HGET', KEYS[1], 'Version') ~= ARGV[1] then return 0 end
        if redis.call('HEXISTS', KEYS[1], ARGV[3]) ~= tonumber(ARGV[5]) then return 0 end
        redis.call('HSET', KEYS[1], 'Version', ARGV[2], ARGV[3], ARGV[4])
        return 1
        """);

    // Changes the time alone, whatever else has been written meanwhile; a silo that is not listed stays so.
    private static readonly RedisScript AliveScript = new(
        """
        local entry = redis.call('HGET', KEYS[1], ARGV[1])
        if not entry then return 0 end
        local _, before = string.find(entry, '"IAmAliveTime":"', 1, true)
        local after = string.find(entry, '"', before + 1, true)
        redis.call('HSET', KEYS[1], ARGV[1], string.sub(entry, 1, before) .. ARGV[2] .. string.sub(entry, after))
        return 1
        """);

    private readonly RedisClusteringOptions _options;
    private readonly ClusterOptions _cluster;
    private readonly RedisKey _key;
    private readonly Lazy<Task<RedisClient>> _client;

    public RedisMembershipTable(RedisClusteringOptions options, ClusterOptions cluster, RedisConnections connections)
    {
        if (options.ConfigurationOptions is null)
        {
            throw new OrleansConfigurationException(
                "Invalid configuration for RedisMembershipTable. "
                + "RedisClusteringOptions.ConfigurationOptions is required.");
        }

        _options = options;
        _cluster = cluster;
        _key = options.CreateRedisKey(cluster);
        _client = new Lazy<Task<RedisClient>>(() => connections.GetAsync(
            options.ConfigurationOptions,
            options.CreateMultiplexer == RedisClusteringOptions.DefaultCreateMultiplexer
                ? null
                : () => options.CreateMultiplexer(options),
            static (message, inner) => new RedisClusteringException(message, inner)));
    }

    /// <summary>The connection, for whoever looks at other lists.</summary>
    public Task<RedisClient> Client => _client.Value;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        var client = await Client;
        await client.WaitUntilItAnswersAsync(RedisConnections.StartPatience, CancellationToken.None);
        if (!tryInitTableVersion) return;

        await client.CallAsync("make the list of silos", async database =>
        {
            var isNew = await database.HashSetAsync(_key, VersionField, 0, When.NotExists);
            if (isNew && _options.EntryExpiry is { } expiry) await database.KeyExpireAsync(_key, expiry);
            return isNew;
        });
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        var key = _options.CreateRedisKey(new ClusterOptions { ServiceId = _cluster.ServiceId, ClusterId = clusterId });
        await (await Client).CallAsync("delete the list of silos", database => database.KeyDeleteAsync(key));
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var gone = (await ReadAll()).Members.Select(member => member.Item1).Where(entry =>
            entry.Status == SiloStatus.Dead && LastHeardOf(entry) < beforeDate.UtcDateTime);
        RedisValue[] fields = [.. gone.Select(entry => (RedisValue)entry.SiloAddress.ToString())];

        // The dead stay dead: nobody can have revived one since.
        if (fields.Length > 0)
            await (await Client).CallAsync("remove dead silos", database => database.HashDeleteAsync(_key, fields));
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        RedisValue[] names = [VersionField, key.ToString()];
        var fields = await (await Client).CallAsync(
            "read the list of silos", database => database.HashGetAsync(_key, names));
        return Read(fields[0], fields[1].IsNull ? [] : [fields[1]]);
    }

    public async Task<MembershipTableData> ReadAll()
    {
        var fields = await (await Client).CallAsync(
            "read the list of silos", database => database.HashGetAllAsync(_key));
        return Read(
            Array.Find(fields, field => field.Name == VersionField).Value,
            fields.Where(field => field.Name != VersionField).Select(field => field.Value));
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        WriteAsync(entry, tableVersion, mustBeListed: false);

    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        etag == tableVersion.VersionEtag && await WriteAsync(entry, tableVersion, mustBeListed: true);

    public async Task UpdateIAmAlive(MembershipEntry entry) => await (await Client).RunAsync(
        "tell that this silo is alive",
        AliveScript,
        [_key],
        entry.SiloAddress.ToString(), MemberJson.TimeOf(entry.IAmAliveTime));

    public void Dispose()
    {
        if (_client is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            _client.Value.Result.Dispose();
    }

    private static DateTime LastHeardOf(MembershipEntry entry) =>
        entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;

    private static MembershipTableData Read(RedisValue version, IEnumerable<RedisValue> entries)
    {
        var etag = version.IsNull ? "0" : (string)version!;
        return new MembershipTableData(
            [.. entries.Select(entry => Tuple.Create(MemberJson.Read(entry!), etag))],
            new TableVersion(int.Parse(etag, CultureInfo.InvariantCulture), etag));
    }

    private async Task<bool> WriteAsync(MembershipEntry entry, TableVersion version, bool mustBeListed)
    {
        var result = await (await Client).RunAsync(
            "write to the list of silos",
            WriteScript,
            [_key],
            version.VersionEtag, version.Version, entry.SiloAddress.ToString(), MemberJson.Write(entry),
            mustBeListed ? 1 : 0);
        return (int)result == 1;
    }
}
