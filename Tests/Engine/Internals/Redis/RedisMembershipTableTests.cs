using CoffeePayment.Engine.Redis;
using CoffeePayment.Tests.Redis;
using CoffeePayment.Tests.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CoffeePayment.Tests.Engine.Internals.Redis;

public sealed class RedisMembershipTableTests(SharedRedis redis)
    : MembershipTableSuite, IClassFixture<SharedRedis>, IDisposable
{
    // As the official packages wrote it, but for the suspicion and the RoleName's value that the tests vary.
    private const string Official =
        """
        {"SiloAddress":{"SiloAddress":"127.0.0.1:11611@154344765"},"Status":3,"SuspectTimes":[{"Item1":{"SiloAddress":"10.0.0.2:11111@6"},"Item2":"2026-01-02T03:04:07.89Z"}],"ProxyPort":30611,"HostName":"vm","SiloName":"Silo_cf3d1","RoleName":"Silo","UpdateZone":0,"FaultZone":0,"StartTime":"2026-11-22T09:32:45.382446Z","IAmAliveTime":"2026-11-22T09:32:46.6203821Z"}
        """;

    private static readonly ClusterMembershipOptions Membership = new();

    private readonly ClusterOptions _cluster = SharedRedis.NewCluster().Value;
    private RedisMembershipTable? _table;

    private RedisMembershipTable Table => _table ??= RedisProviders.Members(redis.Server, _cluster);

    protected override string ClusterId => _cluster.ClusterId;

    protected override async Task<IMembershipTable> CreateTableAsync()
    {
        await Table.InitializeMembershipTable(tryInitTableVersion: true);
        return Table;
    }

    [Fact]
    public void Read_OfficialEntry_IsWrittenBackTheSame() =>
        Assert.Equal(Official, MemberJson.Write(MemberJson.Read(Official)));

    [Fact]
    public void Write_Ipv6Address_IsReadBack()
    {
        var entry = MemberJson.Read(Official.Replace("127.0.0.1:11611", "::1:11611", StringComparison.Ordinal));

        Assert.Equal("S[::1]:11611:154344765", entry.SiloAddress.ToString());
        Assert.Contains("\"::1:11611@154344765\"", MemberJson.Write(entry));
    }

    [Fact]
    public async Task UpdateIAmAlive_ListedSilo_ChangesTheTimeInTheText()
    {
        await AddOfficialAsync(_cluster.ClusterId);
        var entry = MemberJson.Read(Official);
        entry.IAmAliveTime = new DateTime(2026, 11, 22, 9, 33, 0, 500, DateTimeKind.Utc);
        entry.Status = SiloStatus.Dead;

        await Table.UpdateIAmAlive(entry);

        var database = (await redis.Connection.ShareAsync()).Multiplexer.GetDatabase();
        var stored = await database.HashGetAsync(
            $"{_cluster.ServiceId}/members/{_cluster.ClusterId}", "S127.0.0.1:11611:154344765");
        Assert.Equal(
            Official.Replace("2026-11-22T09:32:46.6203821Z", "2026-11-22T09:33:00.5Z", StringComparison.Ordinal),
            (string?)stored);
    }

    [Fact]
    public async Task GetGateways_ActiveSiloWithGateway_IsListed()
    {
        await AddOfficialAsync(_cluster.ClusterId);
        var gateways = new RedisGatewayListProvider(Table, Options.Create(new GatewayOptions()));
        await gateways.InitializeGatewayListProvider();

        Assert.Equal([new Uri("gwy.tcp://127.0.0.1:30611/154344765")], await gateways.GetGateways());
    }

    [Theory]
    [InlineData("test", 10, true)]
    [InlineData("other", 10, true)]
    [InlineData("other", 91, false)]
    public async Task JoinCheck_OfficialSiloListed_RefusesWhileItLives(string clusterId, int unheardS, bool isRefused)
    {
        await AddOfficialAsync(clusterId);
        var check = CheckAt(MemberJson.Read(Official).IAmAliveTime.AddSeconds(unheardS));

        var refusal = await Record.ExceptionAsync(() => check.CheckAsync(new MembershipEntry(), default));

        if (isRefused)
        {
            var failure = Assert.IsType<OrleansConfigurationException>(refusal);
            Assert.Contains("S127.0.0.1:11611:154344765", failure.Message);
        }
        else
        {
            Assert.Null(refusal);
        }
    }

    [Fact]
    public async Task JoinCheck_OfficialSiloOfTheService_Throws()
    {
        await AddOfficialAsync("other", "CoffeePayment.Silo");

        await Assert.ThrowsAsync<OrleansConfigurationException>(() =>
            CheckAt(MemberJson.Read(Official).IAmAliveTime).CheckAsync(new MembershipEntry(), default));
    }

    [Fact]
    public async Task JoinCheck_SiloOfThisEngine_Passes()
    {
        await AddOfficialAsync("other", "Engine:abc");

        await CheckAt(MemberJson.Read(Official).IAmAliveTime).CheckAsync(new MembershipEntry(), default);
    }

    public void Dispose() => _table?.Dispose();

    private OfficialSilosCheck CheckAt(DateTime utcNow) => new(
        Table, Options.Create(_cluster), Options.Create(Membership), new StandingClock(utcNow));

    private async Task AddOfficialAsync(string clusterId, string role = "Silo")
    {
        var database = (await redis.Connection.ShareAsync()).Multiplexer.GetDatabase();
        var key = $"{_cluster.ServiceId}/members/{clusterId}";
        await database.HashSetAsync(key, "Version", 2);
        await database.HashSetAsync(
            key,
            "S127.0.0.1:11611:154344765",
            Official.Replace("\"RoleName\":\"Silo\"", $"\"RoleName\":\"{role}\"", StringComparison.Ordinal));
    }

    private sealed class StandingClock(DateTime utcNow) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(utcNow);
    }
}
