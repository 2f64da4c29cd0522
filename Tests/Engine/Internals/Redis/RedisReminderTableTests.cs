using CoffeePayment.Engine.Redis;
using CoffeePayment.Tests.Redis;

namespace CoffeePayment.Tests.Engine.Internals.Redis;

public sealed class RedisReminderTableTests(SharedRedis redis) : IClassFixture<SharedRedis>, IDisposable
{
    // As the official packages wrote them.
    private static readonly string[] Members =
    [
        """
        "099E6B0B","smoke/a","r1","978ed8e4-8c5b-444d-8df4-bd9546b87fb3","2026-11-22T09:32:49.4322492Z","00:00:10"
        """,
        """
        "DD66CE68","smoke/20250317110122659ba6d7-9ace-cndn","r1","c64cf427-fe79-48ad-a724-0b0d9e4440aa","2026-11-22T09:32:49.4705061Z","00:01:00"
        """,
    ];

    private readonly string _serviceId = RedisProviders.NewServiceId();
    private RedisReminderTable? _table;

    private RedisReminderTable Table => _table ??= RedisProviders.Reminders(redis.Server, _serviceId);

    [Fact]
    public void Parse_OfficialMember_IsWrittenBackTheSame()
    {
        foreach (var member in Members)
        {
            var entry = ReminderMember.Parse(member);
            Assert.Equal(member, ReminderMember.Of(entry, entry.ETag!));
        }
    }

    [Fact]
    public void Of_StrangeNames_AreEscapedAsTheOfficialPackageDoes()
    {
        var entry = new ReminderEntry
        {
            GrainId = GrainId.Create("t", "a\"b\\c/d\nЖ😀\u2028e<>&'+"),
            ReminderName = "n\t'1",
            StartAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            Period = TimeSpan.FromDays(1.5),
        };

        var member = ReminderMember.Of(entry, "e74b0ffc-9e32-4e90-9a38-96f06af56a8e");

        Assert.Equal(
            """
            "16038584","t/a\"b\\c/d\nЖ\uD83D\uDE00\u2028e<>&'+","n\t'1","e74b0ffc-9e32-4e90-9a38-96f06af56a8e","2026-01-02T03:04:05.0000000Z","1.12:00:00"
            """,
            member);
        Assert.Equal(entry.GrainId, ReminderMember.Parse(member).GrainId);
    }

    [Theory]
    [InlineData(0u, 0u, "a,cndn")]
    [InlineData(0x099E6B0Bu, 0x099E6B0Bu, "a,cndn")]
    [InlineData(0x099E6B0Au, 0x099E6B0Bu, "a")]
    [InlineData(0x099E6B0Bu, 0xDD66CE68u, "cndn")]
    [InlineData(0x099E6B0Bu, 0xDD66CE67u, "")]
    [InlineData(0xDD66CE68u, 0x099E6B0Bu, "a")]
    [InlineData(0xDD66CE67u, 0x099E6B0Au, "cndn")]
    [InlineData(0xDD66CE67u, 0x099E6B0Bu, "a,cndn")]
    [InlineData(0xDD66CE68u, 0x099E6B0Au, "")]
    public async Task ReadRows_RangeOfHashCodes_ExcludesItsBegin(uint begin, uint end, string expected)
    {
        await AddOfficialAsync();

        var rows = await Table.ReadRows(begin, end);

        var keys = rows.Reminders.Select(row => $"{row.GrainId.Key}".Split('-')[^1]).Order();
        Assert.Equal(expected, string.Join(',', keys));
    }

    [Fact]
    public async Task UpsertRow_KnownName_ReplacesThatOneAlone()
    {
        await AddOfficialAsync();
        var entry = (await Table.ReadRow(GrainId.Create("smoke", "a"), "r1"))!;
        var second = new ReminderEntry
        {
            GrainId = entry.GrainId,
            ReminderName = "r10",
            StartAt = entry.StartAt,
            Period = entry.Period,
        };
        entry.Period = TimeSpan.FromMinutes(5);

        await Table.UpsertRow(second);
        var etag = await Table.UpsertRow(entry);

        var read = await Table.ReadRow(entry.GrainId, "r1");
        Assert.Equal((etag, entry.Period), (read!.ETag, read.Period));
        Assert.Equal(2, (await Table.ReadRows(entry.GrainId)).Reminders.Count);
        Assert.Equal(3, (await Table.ReadRows(0, 0)).Reminders.Count);
    }

    [Fact]
    public async Task RemoveRow_OwnEtagOnly_Removes()
    {
        await AddOfficialAsync();
        var entry = (await Table.ReadRow(GrainId.Create("smoke", "a"), "r1"))!;

        Assert.False(await Table.RemoveRow(entry.GrainId, "r1", "978ed8e4"));
        Assert.True(await Table.RemoveRow(entry.GrainId, "r1", entry.ETag!));

        Assert.Null(await Table.ReadRow(entry.GrainId, "r1"));
        Assert.Single((await Table.ReadRows(0, 0)).Reminders);
    }

    public void Dispose() => _table?.Dispose();

    private async Task AddOfficialAsync()
    {
        var database = (await redis.Connection.ShareAsync()).Multiplexer.GetDatabase();
        foreach (var member in Members)
            await database.SortedSetAddAsync($"{_serviceId}/reminders", member, 0);
    }
}
