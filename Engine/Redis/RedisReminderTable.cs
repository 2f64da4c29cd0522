using Orleans;
using Orleans.Configuration;
using Orleans.Reminders.Redis;
using Orleans.Runtime;
using StackExchange.Redis;

namespace CoffeePayment.Engine.Redis;

/// <summary>Reminders in one sorted set, all of score 0, so that their members' order is what ranges go by.</summary>
internal sealed class RedisReminderTable : IReminderTable, IDisposable
{
    private static readonly RedisScript UpsertScript = new(
        """
        redis.call('ZREMRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2])
        redis.call('ZADD', KEYS[1], 0, ARGV[3])
        if ARGV[4] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
        return 1
        """);

    private readonly RedisKey _key;
    private readonly RedisValue _expiryMs;
    private readonly Lazy<Task<RedisClient>> _client;

    public RedisReminderTable(RedisReminderTableOptions options, string serviceId, RedisConnections connections)
    {
        if (options.ConfigurationOptions is null)
        {
            throw new OrleansConfigurationException(
                "Invalid configuration for RedisReminderTable. "
                + "RedisReminderTableOptions.ConfigurationOptions is required.");
        }

        _key = $"{serviceId}/reminders";
        _expiryMs = options.EntryExpiry is { } expiry ? (long)expiry.TotalMilliseconds : RedisValue.EmptyString;
        _client = new Lazy<Task<RedisClient>>(() => connections.GetAsync(
            options.ConfigurationOptions,
            options.CreateMultiplexer == RedisReminderTableOptions.DefaultCreateMultiplexer
                ? null
                : () => options.CreateMultiplexer(options),
            static (message, inner) => new RedisRemindersException(message, inner)));
    }

    public async Task StartAsync(CancellationToken cancellationToken) =>
        await (await _client.Value).WaitUntilItAnswersAsync(RedisConnections.StartPatience, cancellationToken);

    public async Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        var (from, to) = ReminderMember.RangeOf(grainId);
        return new ReminderTableData(await ReadAsync(from, to, Exclude.Stop));
    }

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        if (begin < end)
            return new ReminderTableData(
                await ReadAsync(ReminderMember.EndOf(begin), ReminderMember.EndOf(end), Exclude.Stop));

        // Around the ring: what is not in (end, begin]. From any place to itself it is all.
        if (begin == end)
            return new ReminderTableData(await ReadAsync(RedisValue.Null, RedisValue.Null, Exclude.None));

        var upper = ReadAsync(ReminderMember.EndOf(begin), RedisValue.Null, Exclude.None);
        var lower = ReadAsync(RedisValue.Null, ReminderMember.EndOf(end), Exclude.Stop);
        return new ReminderTableData([.. await upper, .. await lower]);
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var (from, to) = ReminderMember.RangeOf(grainId, reminderName);
        return (await ReadAsync(from, to, Exclude.Stop)).SingleOrDefault();
    }

    public async Task<string> UpsertRow(ReminderEntry entry)
    {
        var etag = Guid.NewGuid().ToString();
        var (from, to) = ReminderMember.RangeOf(entry.GrainId, entry.ReminderName);
        await (await _client.Value).RunAsync(
            $"write reminder {entry.ReminderName} of {entry.GrainId}",
            UpsertScript,
            [_key],
            $"[{from}", $"({to}", ReminderMember.Of(entry, etag), _expiryMs);
        return etag;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var (from, to) = ReminderMember.RangeOf(grainId, reminderName, eTag);
        return await (await _client.Value).CallAsync(
            $"remove reminder {reminderName} of {grainId}",
            database => database.SortedSetRemoveRangeByValueAsync(_key, from, to, Exclude.Stop)) > 0;
    }

    public async Task TestOnlyClearTable() =>
        await (await _client.Value).CallAsync("clear the reminders", database => database.KeyDeleteAsync(_key));

    public void Dispose()
    {
        if (_client is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            _client.Value.Result.Dispose();
    }

    private async Task<IEnumerable<ReminderEntry>> ReadAsync(RedisValue from, RedisValue to, Exclude exclude)
    {
        var members = await (await _client.Value).CallAsync(
            "read reminders", database => database.SortedSetRangeByValueAsync(_key, from, to, exclude));
        return members.Select(member => ReminderMember.Parse(member!));
    }
}
