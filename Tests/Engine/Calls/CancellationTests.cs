namespace CoffeePayment.Tests.Engine;

/// <summary>A token among the arguments of a call is the caller's, at any distance.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/cancellation-tokens"/>
[Collection(PlainEngine.Name)]
public sealed class CancellationTests(PlainCluster cluster) : EngineTests(cluster)
{
    private string Key { get; } = NewKey();

    private ICancellationGrain Grain => Client.GetGrain<ICancellationGrain>(Key);

    [Fact]
    public async Task Token_NotCanceled_CallRunsAsUsual()
    {
        using var source = new CancellationTokenSource();
        Probe.Open(Key);

        await Grain.WaitAsync(Key, source.Token).WaitAsync(Patience);

        Assert.Equal(["waiting", "passed"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Token_AmongOtherArguments_LeavesThemAsTheyAre()
    {
        using var source = new CancellationTokenSource();

        Assert.Equal(5, await Grain.AddAsync(2, 3, source.Token));
        Assert.Equal(9, await Grain.AddAsync(4, 5, CancellationToken.None));
    }

    [Fact]
    public async Task Token_Cancelable_IsSoInTheGrain()
    {
        using var source = new CancellationTokenSource();

        Assert.True(await Grain.CanBeCanceledAsync(source.Token));
    }

    [Fact]
    public async Task Token_CanceledBeforeTheCall_NothingIsSent()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.WaitAsync(Key, source.Token));

        await Grain.AddAsync(1, 1, CancellationToken.None);
        Assert.Empty(Probe.Happened(Key));
    }

    [Fact]
    public async Task Token_CanceledDuringTheCall_GrainSeesItAndTheCallEndsAsCanceled()
    {
        using var source = new CancellationTokenSource();
        var call = Grain.WaitAsync(Key, source.Token);
        await Probe.NextAsync(Key);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal("canceled", await Probe.NextAsync(Key));
    }

    [Fact]
    public async Task Token_PassedOnToAnotherGrain_CancelsThereToo()
    {
        using var source = new CancellationTokenSource();
        var otherKey = NewKey();
        var call = Grain.WaitThroughAsync(otherKey, source.Token);
        await Probe.NextAsync(otherKey);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
        Assert.Equal("canceled", await Probe.NextAsync(otherKey));
    }

    [Fact]
    public async Task Token_CanceledWhileTheCallWaitsForItsTurn_EndsTheCallAndHoldsNobodyUp()
    {
        using var source = new CancellationTokenSource();
        var blocking = Grain.BlockAsync(Key);
        await Probe.NextAsync(Key);
        var waiting = Grain.WaitAsync("a gate that stays shut", source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));

        // Nobody waits until the grain knows: the method may begin, and then waits for nothing but its token.
        Probe.Open(Key);
        await blocking.WaitAsync(Patience);

        Assert.Equal(2, await Grain.AddAsync(1, 1, CancellationToken.None).WaitAsync(Patience));
    }

    [Fact]
    public async Task Grain_WhoseCallWasCanceled_TakesFurtherCalls()
    {
        using var source = new CancellationTokenSource();
        var call = Grain.WaitAsync(Key, source.Token);
        await Probe.NextAsync(Key);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));

        Assert.Equal(3, await Grain.AddAsync(1, 2, CancellationToken.None).WaitAsync(Patience));
    }
}
