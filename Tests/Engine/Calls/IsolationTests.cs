namespace CoffeePayment.Tests.Engine;

/// <summary>Grains share nothing that could change: arguments and results are copied, also within one silo.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/serialization"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/serialization-immutability"/>
[Collection(PlainEngine.Name)]
public sealed class IsolationTests(PlainCluster cluster) : EngineTests(cluster)
{
    private static readonly string Untouched = Box.Full().Describe();

    private IGiverGrain Giver { get; } = cluster.Client.GetGrain<IGiverGrain>(NewKey());

    [Fact]
    public async Task Argument_ChangedByTheCallerAfterTheCall_StaysInTheGrainAsItWas()
    {
        var kept = await Giver.GiveAndChangeAsync(NewKey());

        Assert.Equal(Untouched, kept.Describe());
    }

    [Fact]
    public async Task Result_ChangedByTheCaller_StaysInTheGrainAsItWas()
    {
        var kept = await Giver.TakeAndChangeAsync(NewKey());

        Assert.Equal(Untouched, kept.Describe());
    }

    [Fact]
    public async Task Argument_FromAClient_ChangedAfterTheCall_StaysInTheGrainAsItWas()
    {
        var keeper = Client.GetGrain<IKeeperGrain>(NewKey());
        var box = Box.Full();
        await keeper.KeepAsync(box);

        box.ChangeEverything();

        Assert.Equal(Untouched, (await keeper.GetBoxAsync()).Describe());
    }

    [Fact]
    public async Task Result_ToAClient_ChangedAfterTheCall_StaysInTheGrainAsItWas()
    {
        var keeper = Client.GetGrain<IKeeperGrain>(NewKey());
        await keeper.KeepAsync(Box.Full());

        (await keeper.GetBoxAsync()).ChangeEverything();

        Assert.Equal(Untouched, (await keeper.GetBoxAsync()).Describe());
    }

    [Fact]
    public async Task MutableValue_BetweenGrainsOfASilo_IsCopied() =>
        Assert.True(await Giver.MutableIsCopiedAsync(NewKey()));

    [Fact]
    public async Task ImmutableValue_BetweenGrainsOfASilo_IsSharedWithoutACopy() =>
        Assert.True(await Giver.ImmutableIsSharedAsync(NewKey()));

    [Fact]
    public async Task Copy_OfOneObjectReferredToTwice_IsOneObjectAgain()
    {
        var box = Box.Full();
        var keeper = Client.GetGrain<IKeeperGrain>(NewKey());

        Assert.True(await keeper.AreTheSameAsync(new Twins { Left = box, Right = box }));
        Assert.False(await keeper.AreTheSameAsync(new Twins { Left = box, Right = Box.Full() }));
    }
}
