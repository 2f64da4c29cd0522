using System.Collections.Immutable;
using System.Net;
using CoffeePayment.Grains.Sweeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Tests.Grains;

/// <summary>Of which deaths the sweeper is told.</summary>
public sealed class TakeoverWatcherTests
{
    private static readonly SiloAddress Local = Silo(port: 1, generation: 30);
    private static readonly SiloAddress Older = Silo(port: 2, generation: 10);
    private static readonly SiloAddress Newer = Silo(port: 3, generation: 20);

    [Fact]
    public async Task Start_AllOthersAreDead_TakesOverOnce() => Assert.Equal(
        1,
        await SweepsAsync(Snapshot((Local, SiloStatus.Active), (Older, SiloStatus.Dead), (Newer, SiloStatus.Dead))));

    [Fact]
    public async Task Start_OnlyJoiningOnesBesidesTheDead_TakesOver() => Assert.Equal(
        1,
        await SweepsAsync(Snapshot((Local, SiloStatus.Active), (Older, SiloStatus.Dead), (Newer, SiloStatus.Joining))));

    [Fact]
    public async Task Start_AnotherIsActive_LeavesTheDeadOfOldAlone() => Assert.Equal(
        0,
        await SweepsAsync(Snapshot((Local, SiloStatus.Active), (Older, SiloStatus.Dead), (Newer, SiloStatus.Active))));

    [Fact]
    public async Task Start_NobodyEverDied_TakesNothingOver() =>
        Assert.Equal(0, await SweepsAsync(Snapshot((Local, SiloStatus.Active))));

    [Fact]
    public async Task Update_OneDied_TakesOver() => Assert.Equal(
        1,
        await SweepsAsync(
            Snapshot((Local, SiloStatus.Active), (Older, SiloStatus.Active), (Newer, SiloStatus.Active)),
            Snapshot((Local, SiloStatus.Active), (Older, SiloStatus.Dead), (Newer, SiloStatus.Active))));

    [Fact]
    public async Task Update_TheLocalOneLeaves_TakesNothingOver() => Assert.Equal(
        0,
        await SweepsAsync(
            Snapshot((Local, SiloStatus.Active), (Older, SiloStatus.Active)),
            Snapshot((Local, SiloStatus.ShuttingDown), (Older, SiloStatus.Dead))));

    // How many sweeps a watcher asks for that sees the cluster so.
    private static async Task<int> SweepsAsync(params ClusterMembershipSnapshot[] snapshots)
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await using var services = new ServiceCollection()
            .AddSingleton<IClusterMembershipService>(new Membership(snapshots))
            .BuildServiceProvider();
        using var watcher = new TakeoverWatcher(
            services, new Details(), cluster.Grains, cluster.Time, NullLoggerFactory.Instance);

        await watcher.StartAsync(CancellationToken.None);
        await PaymentCluster.PatientlyAsync(watcher.ExecuteTask!);

        return cluster.Stores.Pending.Counts;
    }

    private static SiloAddress Silo(int port, int generation) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), generation);

    private static ClusterMembershipSnapshot Snapshot(params (SiloAddress Silo, SiloStatus Status)[] members) => new(
        members.ToImmutableDictionary(
            member => member.Silo, member => new ClusterMember(member.Silo, member.Status, member.Silo.ToString())),
        new MembershipVersion(1));

    /// <summary>A cluster that goes through these, and ends.</summary>
    private sealed class Membership(ClusterMembershipSnapshot[] snapshots) : IClusterMembershipService
    {
        public ClusterMembershipSnapshot CurrentSnapshot => snapshots[0];

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => snapshots.ToAsyncEnumerable();

        public ValueTask Refresh(
            MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);
    }

    private sealed class Details : ILocalSiloDetails
    {
        public string Name => "local";

        public string ClusterId => "coffee";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => Local;

        public SiloAddress GatewayAddress => Local;
    }
}
