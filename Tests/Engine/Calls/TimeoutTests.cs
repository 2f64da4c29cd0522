namespace CoffeePayment.Tests.Engine;

/// <summary>No call waits for ever.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/request-scheduling"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/cancellation-tokens"/>
public sealed class TimeoutTests(HastyCluster cluster) : EngineTests(cluster), IClassFixture<HastyCluster>
{
    private ITimeoutGrain Grain { get; } = cluster.Client.GetGrain<ITimeoutGrain>(NewKey());

    [Fact]
    public async Task Call_NotAnsweredInTime_ThrowsTimeoutException()
    {
        var gate = NewKey();

        await Assert.ThrowsAsync<TimeoutException>(() => Grain.WaitAsync(gate));

        Probe.Open(gate);
    }

    [Fact]
    public async Task Call_TimedOut_StillRunsToItsEnd()
    {
        var gate = NewKey();
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.WaitAsync(gate));

        Probe.Open(gate);

        Assert.Equal("done", await Probe.NextAsync(gate));
        Assert.Equal("answer", await Grain.AnswerAsync());
    }

    /// <summary>A waits for B, B for A: neither lets go before a timeout.</summary>
    [Fact]
    public async Task CallCycle_OfNonReentrantGrains_ThrowsTimeoutException()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.CallInACircleAsync(NewKey()));
    }

    [Fact]
    public async Task CallToItself_OfANonReentrantGrain_ThrowsTimeoutException()
    {
        await Assert.ThrowsAsync<TimeoutException>(Grain.CallSelfAsync);
    }

    [Fact]
    public async Task Call_TimedOut_CancelsTheTokenThatTheGrainGot()
    {
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAsync<TimeoutException>(() => Grain.WaitForCancellationAsync(source.Token));

        Assert.Equal("canceled", await Probe.NextAsync(Grain.GetPrimaryKeyString()));
        Assert.False(source.IsCancellationRequested);
    }
}
