namespace CoffeePayment.Tests.Storage;

/// <summary>What every table of silos does, wherever it is kept.</summary>
public abstract class MembershipTableSuite
{
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A table that nobody has written to, initialized.</summary>
    protected abstract Task<IMembershipTable> CreateTableAsync();

    /// <summary>The cluster id of that table.</summary>
    protected virtual string ClusterId => "coffee";

    [Fact]
    public async Task ReadAll_NewTable_HasVersionZeroAndNobody()
    {
        var table = await CreateTableAsync();

        var read = await table.ReadAll();

        Assert.Equal(0, read.Version.Version);
        Assert.Empty(read.Members);
    }

    [Fact]
    public async Task InsertRow_NewSilo_IsReadWithAllItsValues()
    {
        var table = await CreateTableAsync();
        var entry = Entry(1);
        entry.SuspectTimes = [Tuple.Create(Silo(2), Start.AddSeconds(7))];

        var inserted = await table.InsertRow(entry, await NextAsync(table));

        var read = await table.ReadAll();
        Assert.True(inserted);
        Assert.Equal(1, read.Version.Version);
        AssertSame(entry, Assert.Single(read.Members).Item1);
    }

    [Fact]
    public async Task InsertRow_SiloThatIsListed_IsRefused()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1), await NextAsync(table));

        var inserted = await table.InsertRow(Entry(1, SiloStatus.Dead), await NextAsync(table));

        var read = await table.ReadAll();
        Assert.False(inserted);
        Assert.Equal(1, read.Version.Version);
        Assert.Equal(SiloStatus.Active, Assert.Single(read.Members).Item1.Status);
    }

    [Fact]
    public async Task InsertRow_StaleVersion_IsRefused()
    {
        var table = await CreateTableAsync();
        var stale = await NextAsync(table);
        await table.InsertRow(Entry(1), await NextAsync(table));

        var inserted = await table.InsertRow(Entry(2), stale);

        Assert.False(inserted);
        Assert.Single((await table.ReadAll()).Members);
    }

    [Fact]
    public async Task InsertRow_VersionFarAbove_IsTheVersionThen()
    {
        var table = await CreateTableAsync();
        var version = (await table.ReadAll()).Version;

        var inserted = await table.InsertRow(Entry(1), new TableVersion(500, version.VersionEtag));
        var next = await table.InsertRow(Entry(2), await NextAsync(table));

        Assert.True(inserted);
        Assert.True(next);
        Assert.Equal(501, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task UpdateRow_EtagAndVersionAsRead_Replaces()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1), await NextAsync(table));
        var (entry, etag) = (await table.ReadAll()).TryGet(Silo(1))!;
        entry.Status = SiloStatus.Dead;

        var updated = await table.UpdateRow(entry, etag, await NextAsync(table));

        var read = await table.ReadAll();
        Assert.True(updated);
        Assert.Equal(2, read.Version.Version);
        AssertSame(entry, Assert.Single(read.Members).Item1);
    }

    [Fact]
    public async Task UpdateRow_StaleVersion_IsRefused()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1), await NextAsync(table));
        var (entry, etag) = (await table.ReadAll()).TryGet(Silo(1))!;
        var stale = await NextAsync(table);
        await table.InsertRow(Entry(2), await NextAsync(table));
        entry.Status = SiloStatus.Dead;

        var updated = await table.UpdateRow(entry, etag, stale);

        Assert.False(updated);
        Assert.Equal(SiloStatus.Active, (await table.ReadAll()).TryGet(Silo(1))!.Item1.Status);
    }

    [Fact]
    public async Task Write_SameVersionFromManyAtOnce_OneWins()
    {
        var table = await CreateTableAsync();
        var version = await NextAsync(table);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(number => Task.Run(() => table.InsertRow(Entry(number), version))));

        Assert.Equal(1, outcomes.Count(inserted => inserted));
        Assert.Single((await table.ReadAll()).Members);
    }

    [Fact]
    public async Task UpdateIAmAlive_ListedSilo_ChangesNothingElse()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1), await NextAsync(table));
        var before = await table.ReadAll();
        var entry = Entry(1, SiloStatus.Dead);
        entry.IAmAliveTime = Start.AddMinutes(1);

        await table.UpdateIAmAlive(entry);

        var after = await table.ReadAll();
        var expected = Entry(1);
        expected.IAmAliveTime = entry.IAmAliveTime;
        AssertSame(expected, Assert.Single(after.Members).Item1);
        Assert.Equal(before.Version.Version, after.Version.Version);
        Assert.Equal(before.Version.VersionEtag, after.Version.VersionEtag);
    }

    [Fact]
    public async Task ReadRow_OneOfTwo_IsThatOne()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1), await NextAsync(table));
        await table.InsertRow(Entry(2), await NextAsync(table));

        var read = await table.ReadRow(Silo(2));
        var none = await table.ReadRow(Silo(3));

        Assert.Equal(Silo(2), Assert.Single(read.Members).Item1.SiloAddress);
        Assert.Equal(2, read.Version.Version);
        Assert.Empty(none.Members);
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_DeadAndLongUnheard_AreRemoved()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1, SiloStatus.Dead), await NextAsync(table));
        await table.InsertRow(Entry(2, SiloStatus.Active), await NextAsync(table));
        await table.InsertRow(Entry(3, SiloStatus.Dead, Start.AddHours(2)), await NextAsync(table));

        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Start.AddHours(1)));

        var left = (await table.ReadAll()).Members.Select(member => member.Item1.SiloAddress).Order();
        Assert.Equal([Silo(2), Silo(3)], left);
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_ThenInitialize_StartsAnew()
    {
        var table = await CreateTableAsync();
        await table.InsertRow(Entry(1), await NextAsync(table));

        await table.DeleteMembershipTableEntries(ClusterId);
        await table.InitializeMembershipTable(tryInitTableVersion: true);

        var read = await table.ReadAll();
        Assert.Empty(read.Members);
        Assert.Equal(0, read.Version.Version);
        Assert.True(await table.InsertRow(Entry(1), read.Version.Next()));
    }

    private static async Task<TableVersion> NextAsync(IMembershipTable table) =>
        (await table.ReadAll()).Version.Next();

    private static SiloAddress Silo(int number) =>
        SiloAddress.New(System.Net.IPAddress.Loopback, 11110 + number, 154344765);

    private static MembershipEntry Entry(int number, SiloStatus status) => Entry(number, status, Start.AddSeconds(1));

    private static MembershipEntry Entry(int number) => Entry(number, SiloStatus.Active);

    private static MembershipEntry Entry(int number, SiloStatus status, DateTime aliveTime) => new()
    {
        SiloAddress = Silo(number),
        Status = status,
        ProxyPort = 30000 + number,
        HostName = "host",
        SiloName = $"Silo_{number}",
        RoleName = "Engine:abc",
        StartTime = Start,
        IAmAliveTime = aliveTime,
        SuspectTimes = [],
    };

    private static void AssertSame(MembershipEntry expected, MembershipEntry actual)
    {
        Assert.Equal(
            (expected.SiloAddress, expected.Status, expected.ProxyPort, expected.HostName, expected.SiloName),
            (actual.SiloAddress, actual.Status, actual.ProxyPort, actual.HostName, actual.SiloName));
        Assert.Equal(
            (expected.RoleName, expected.StartTime, expected.IAmAliveTime),
            (actual.RoleName, actual.StartTime, actual.IAmAliveTime));
        Assert.Equal(expected.SuspectTimes ?? [], actual.SuspectTimes ?? []);
    }
}
