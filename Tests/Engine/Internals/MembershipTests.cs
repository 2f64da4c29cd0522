using Orleans.Configuration;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>Who the silos of a cluster take for members, by the default periods.</summary>
public sealed class MembershipTests
{
    private static readonly TimeSpan Probe = new ClusterMembershipOptions().ProbeTimeout;
    private static readonly TimeSpan Detection = 5 * Probe;

    private readonly MembershipCluster _cluster = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Join_AllAtOnce_EachSeesAll(int count)
    {
        var agents = Enumerable.Range(1, count).Select(number => _cluster.Add(number)).ToArray();

        await _cluster.StartAsync(agents);
        _cluster.Advance(TimeSpan.FromSeconds(1));

        Assert.All(agents, agent => Assert.Equal(agents.Select(each => each.Address), agent.Active));
    }

    [Fact]
    public async Task Kill_OneOfThree_IsDeclaredDeadByTwoVotes()
    {
        var agents = await _cluster.StartAsync(3);

        agents[2].Kill();
        var took = _cluster.TimeUntil(() => agents[0].StatusOf(agents[2]) == SiloStatus.Dead, TimeSpan.FromMinutes(2));
        _cluster.Advance(TimeSpan.FromSeconds(1));

        var entry = agents[0].Membership.Current.Members[agents[2].Address];
        Assert.True(took <= Detection, $"{took}");
        Assert.Equal(
            [agents[0].Address, agents[1].Address], entry.SuspectTimes!.Select(vote => vote.Item1).Order());
        Assert.Equal([agents[0].Address, agents[1].Address], agents[1].Active);
    }

    [Fact]
    public async Task Kill_OneOfTwo_IsDeclaredDeadByTheOther()
    {
        var agents = await _cluster.StartAsync(2);

        agents[1].Kill();
        _cluster.Advance(Detection);

        Assert.Equal([agents[0].Address], agents[0].Active);
    }

    [Fact]
    public async Task Kill_TwoOfThree_LeavesTheThirdOnceTheirHeartbeatsAreMissed()
    {
        var agents = await _cluster.StartAsync(3);

        agents[1].Kill();
        agents[2].Kill();
        _cluster.Advance(TimeSpan.FromSeconds(130));

        Assert.Equal([agents[0].Address], agents[0].Active);
    }

    [Fact]
    public async Task Partition_OneHearsNobody_IsTheOneThatGoes()
    {
        var agents = await _cluster.StartAsync(3);

        _cluster.IsConnected = (from, to) => from != agents[1] && to != agents[1];
        _cluster.Advance(Detection + Probe);

        Assert.Equal([agents[0].Address, agents[2].Address], agents[0].Active);
        Assert.Equal([agents[0].Address, agents[2].Address], agents[2].Active);
        Assert.Equal("dead", agents[1].Told[^1]);
        Assert.DoesNotContain("dead", agents[0].Told.Concat(agents[2].Told));
    }

    [Fact]
    public async Task Partition_OneHearsOneOtherOnly_LeavesAllAlive()
    {
        var agents = await _cluster.StartAsync(4);

        _cluster.IsConnected = (from, to) => from != agents[0] || to != agents[1];
        _cluster.Advance(TimeSpan.FromMinutes(2));

        // What is asked comes back over the same way, so it is each of the two that suspects the other: one vote each.
        Assert.All(agents, agent => Assert.Equal(4, agent.Active.Count()));
    }

    [Fact]
    public async Task Pause_LongerThanDetection_IsNoticedFirstAndEndsInDeath()
    {
        var agents = await _cluster.StartAsync(3);
        agents[0].IsPaused = true;

        var before = agents[0].Membership.EnsureCertain();
        _cluster.Advance(TimeSpan.FromSeconds(40));
        var onWaking = agents[0].Membership.EnsureCertain();
        agents[0].Told.Clear();
        agents[0].IsPaused = false;
        _cluster.RunAll();

        Assert.True(before);
        Assert.False(onWaking);
        Assert.Equal(["uncertain", "dead"], agents[0].Told);
        Assert.False(agents[0].Membership.EnsureCertain());
        Assert.Equal([agents[1].Address, agents[2].Address], agents[1].Active);
    }

    [Fact]
    public async Task Pause_ShorterThanDetection_KillsNobody()
    {
        var agents = await _cluster.StartAsync(3);
        agents[0].IsPaused = true;

        _cluster.Advance(TimeSpan.FromSeconds(12));
        agents[0].Told.Clear();
        agents[0].IsPaused = false;
        _cluster.Advance(TimeSpan.FromMinutes(1));

        Assert.All(agents, agent => Assert.Equal(3, agent.Active.Count()));
        Assert.True(agents[0].Membership.EnsureCertain());
    }

    [Fact]
    public async Task Pause_AgainAndAgain_SlowVoterKillsNobody()
    {
        var agents = await _cluster.StartAsync(2);

        for (var i = 0; i < 20; i++)
        {
            agents[0].IsPaused = true;
            _cluster.Advance(TimeSpan.FromSeconds(8));
            agents[0].IsPaused = false;
            _cluster.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.All(agents, agent => Assert.Equal(2, agent.Active.Count()));
    }

    [Fact]
    public async Task Restart_OnTheSameEndpoint_ReplacesTheEarlierLife()
    {
        var agents = await _cluster.StartAsync(2);
        agents[1].Kill();
        var next = _cluster.Add(2, generation: 2);

        await _cluster.StartAsync(next);
        _cluster.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([agents[0].Address, next.Address], agents[0].Active);
        Assert.Equal(SiloStatus.Dead, agents[0].StatusOf(agents[1]));
    }

    [Fact]
    public async Task Successor_AtTheEndpointOfALivingSilo_EndsIt()
    {
        var agents = await _cluster.StartAsync(2);

        await _cluster.StartAsync(_cluster.Add(2, generation: 2));
        _cluster.Advance(2 * Probe);

        Assert.Equal(1, agents[1].Told.Count(told => told == "dead"));
    }

    [Fact]
    public async Task Table_AwayForAMinute_ChangesNothing()
    {
        var agents = await _cluster.StartAsync(3);
        var views = agents.Select(agent => agent.Membership.Current.Version).ToArray();

        _cluster.Table.IsAway = true;
        _cluster.Advance(TimeSpan.FromMinutes(1));
        _cluster.Table.IsAway = false;
        _cluster.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(views, agents.Select(agent => agent.Membership.Current.Version));
    }

    [Fact]
    public async Task Table_AwayWhileOneIsKilled_DeclaresItDeadWhenBack()
    {
        var agents = await _cluster.StartAsync(3);

        _cluster.Table.IsAway = true;
        agents[2].Kill();
        _cluster.Advance(TimeSpan.FromMinutes(1));
        var meanwhile = agents[0].StatusOf(agents[2]);
        _cluster.Table.IsAway = false;
        _cluster.Advance(2 * Probe);

        Assert.Equal(SiloStatus.Active, meanwhile);
        Assert.Equal(SiloStatus.Dead, agents[0].StatusOf(agents[2]));
    }

    [Fact]
    public async Task Table_Emptied_IsWrittenAgainByTheLiving()
    {
        var agents = await _cluster.StartAsync(4);
        agents[3].Kill();
        _cluster.Advance(Detection);
        var version = agents[0].Membership.Current.Version;
        foreach (var agent in agents) agent.Told.Clear();

        await _cluster.Table.Inner.DeleteMembershipTableEntries("coffee");
        _cluster.Advance(TimeSpan.FromSeconds(70));

        var table = await _cluster.Table.Inner.ReadAll();
        Assert.True(table.Version.Version > version);
        Assert.Equal(
            [SiloStatus.Active, SiloStatus.Active, SiloStatus.Active, SiloStatus.Dead],
            agents.Select(agent => table.TryGet(agent.Address)!.Item1.Status));
        Assert.All(agents[..3].SelectMany(agent => agent.Told), told => Assert.Equal("3 active", told));
    }

    [Fact]
    public async Task Join_OtherFingerprint_IsRefusedInOneLineThatNamesBoth()
    {
        var agents = await _cluster.StartAsync(1);
        var other = _cluster.Add(2, role: "Engine:xyz");

        var refusal = await Assert.ThrowsAsync<OrleansConfigurationException>(() => _cluster.StartAsync(other));

        Assert.Contains(agents[0].Address.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(other.Address.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("xyz", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Single(agents[0].Active);
    }

    [Theory]
    [InlineData(SiloStatus.Active, 60, true)]
    [InlineData(SiloStatus.Joining, 60, true)]
    [InlineData(SiloStatus.Active, 120, false)]
    [InlineData(SiloStatus.Dead, 60, false)]
    public async Task Join_OfficialSiloInTheTable_IsRefusedWhileItLives(SiloStatus status, int silentS, bool isRefused)
    {
        var heard = _cluster.Time.GetUtcNow().UtcDateTime.AddSeconds(-silentS);
        var official = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(System.Net.IPAddress.Loopback, 99, 1),
            Status = status,
            RoleName = "Silo",
            SiloName = "Official",
            StartTime = heard,
            IAmAliveTime = heard,
        };
        await _cluster.Table.Inner.InsertRow(official, (await _cluster.Table.Inner.ReadAll()).Version.Next());

        var error = await Record.ExceptionAsync(() => _cluster.StartAsync(_cluster.Add(1)));

        Assert.Equal(isRefused, error is OrleansConfigurationException);
        Assert.Equal(isRefused, error is not null);
    }

    [Fact]
    public async Task Join_MemberThatCannotBeReached_FailsAndNamesIt()
    {
        var agents = await _cluster.StartAsync(1);
        var next = _cluster.Add(2);
        _cluster.IsConnected = (from, to) => from == to;

        var failure = await Assert.ThrowsAsync<OrleansException>(() => _cluster.StartAsync(next));

        Assert.Contains(agents[0].Address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Single(agents[0].Active);
    }

    [Fact]
    public async Task News_Lost_AreFoundByTheNextProbe()
    {
        _cluster.LosesNews = true;
        var agents = await _cluster.StartAsync(2);
        var before = agents[0].Active.Count();

        _cluster.Advance(2 * Probe);

        Assert.Equal(1, before);
        Assert.Equal(2, agents[0].Active.Count());
    }

    [Fact]
    public async Task News_LostAndNoProbes_AreFoundByTheNextRefresh()
    {
        _cluster.LosesNews = true;
        _cluster.Options.LivenessEnabled = false;
        var agents = await _cluster.StartAsync(2);

        _cluster.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(2, agents[0].Active.Count());
    }

    [Fact]
    public async Task Leave_OneOfThree_IsKnownToTheOthersWhenItReturns()
    {
        var agents = await _cluster.StartAsync(3);

        var leaving = agents[0].Membership.SetStatusAsync(SiloStatus.ShuttingDown, CancellationToken.None);
        _cluster.RunAll();

        Assert.True(leaving.IsCompletedSuccessfully);
        Assert.Equal(SiloStatus.ShuttingDown, agents[1].StatusOf(agents[0]));
        Assert.Equal(SiloStatus.ShuttingDown, agents[2].StatusOf(agents[0]));
    }

    [Fact]
    public async Task Leave_OthersCannotBeTold_ReturnsAfterASecond()
    {
        var agents = await _cluster.StartAsync(2);
        _cluster.LosesNews = true;

        var leaving = agents[0].Membership.SetStatusAsync(SiloStatus.Dead, CancellationToken.None);
        _cluster.RunAll();
        var took = _cluster.TimeUntil(() => leaving.IsCompleted, TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromSeconds(1), took);
    }

    [Fact]
    public async Task Cleanup_LongDead_AreRemoved()
    {
        _cluster.Options.DefunctSiloExpiration = TimeSpan.FromMinutes(10);
        _cluster.Options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(1);
        var agents = await _cluster.StartAsync(3);
        agents[2].Kill();

        _cluster.Advance(TimeSpan.FromMinutes(12));

        var left = (await _cluster.Table.Inner.ReadAll()).Members.Select(member => member.Item1.SiloAddress);
        Assert.Equal([agents[0].Address, agents[1].Address], left.Order());
    }

    [Fact]
    public async Task DeclareDead_LivingSilo_EndsItAtOnce()
    {
        var agents = await _cluster.StartAsync(2);

        await _cluster.RunAsync(agents[0].Membership.DeclareDeadAsync(agents[1].Address, CancellationToken.None));
        _cluster.Advance(2 * Probe);

        Assert.Equal("dead", agents[1].Told[^1]);
        Assert.Equal([agents[0].Address], agents[0].Active);
    }
}
