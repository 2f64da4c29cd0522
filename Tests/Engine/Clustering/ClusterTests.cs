namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>
/// Several silos as one cluster.
/// (https://learn.microsoft.com/dotnet/orleans/implementation/cluster-management)
/// </summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan DetectionMax = TimeSpan.FromSeconds(60);

    private readonly string[] _keys = [.. Enumerable.Range(0, 300).Select(_ => Guid.NewGuid().ToString("N"))];

    [Fact]
    public async Task Call_FromTheClient_ReachesGrainsOnAllSilos()
    {
        await using var silos = await SilosCluster.StartAsync();

        var homes = await silos.FindAsync(_keys);

        Assert.Equal(3, homes.Values.Distinct().Count());
        Assert.All(homes.Values.CountBy(home => home), home => Assert.InRange(home.Value, 50, 150));
    }

    [Fact]
    public async Task Call_Again_ReachesTheSameActivation()
    {
        await using var silos = await SilosCluster.StartAsync();
        var homes = await silos.FindAsync(_keys);

        var again = await silos.FindAsync(_keys);

        Assert.Equal(homes, again);
        Assert.All(_keys, key => Assert.Equal((1, 1), HomeGrain.Lives[key]));
    }

    [Fact]
    public async Task Call_FromGrainToGrain_CrossesSilos()
    {
        await using var silos = await SilosCluster.StartAsync();
        var homes = await silos.FindAsync(_keys);
        var asking = _keys[0];

        var answers = await Task.WhenAll(_keys.Skip(1).Select(key => silos.Grain(asking).AskAsync(key)));

        Assert.Equal(_keys.Skip(1).Select(key => homes[key]), answers);
    }

    [Fact]
    public async Task Exception_OfAnotherSilosGrain_ArrivesAsItWasThrown()
    {
        await using var silos = await SilosCluster.StartAsync();

        var failures = await Task.WhenAll(_keys.Take(9).Select(key => Assert.ThrowsAsync<InvalidOperationException>(
            () => silos.Grain(key).FailAsync($"No coffee for {key}."))));

        Assert.Equal(_keys.Take(9).Select(key => $"No coffee for {key}."), failures.Select(failure => failure.Message));
    }

    [Fact]
    public async Task Cancellation_OfACallToAnotherSilo_ReachesTheGrain()
    {
        await using var silos = await SilosCluster.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var key = _keys[0];
        var call = silos.Grain(key).WaitAsync(cancellation.Token);
        await HomeGrain.Waiting.GetOrAdd(key, static _ => new TaskCompletionSource()).Task.WaitAsync(Probe.Patience);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Probe.Patience));
        await silos.Grain(key).WhereAsync().WaitAsync(Probe.Patience);
    }

    [Fact]
    public async Task KillSilo_ItsGrains_LiveOnTheOthersOnceItIsDeclaredDead()
    {
        await using var silos = await SilosCluster.StartAsync();
        var homes = await silos.FindAsync(_keys);
        var killed = silos.Cluster.Silos[2];
        var orphans = homes.Where(home => home.Value.Equals(killed.SiloAddress)).Select(home => home.Key).ToList();

        await silos.Cluster.KillSiloAsync(killed);

        var found = await FindPatientlyAsync(silos, orphans);
        Assert.NotEmpty(orphans);
        Assert.DoesNotContain(killed.SiloAddress, found);
    }

    // A call may fail while the cluster still takes the silo for alive.
    private static async Task<List<SiloAddress>> FindPatientlyAsync(SilosCluster silos, List<string> keys)
    {
        using var limit = new CancellationTokenSource(DetectionMax);
        var found = new List<SiloAddress>();
        foreach (var key in keys)
        {
            while (true)
            {
                try
                {
                    found.Add(await silos.Grain(key).WhereAsync().WaitAsync(limit.Token));
                    break;
                }
                catch (Exception exception) when (exception is SiloUnavailableException or TimeoutException)
                {
                    limit.Token.ThrowIfCancellationRequested();
                }
            }
        }

        return found;
    }
}
