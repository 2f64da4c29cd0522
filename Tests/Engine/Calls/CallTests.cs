namespace CoffeePayment.Tests.Engine;

/// <summary>Calling grains, from outside and from each other.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/oneway"/>
[Collection(PlainEngine.Name)]
public sealed class CallTests(PlainCluster cluster) : EngineTests(cluster)
{
    private ICallGrain Grain { get; } = cluster.Client.GetGrain<ICallGrain>(NewKey());

    [Fact]
    public async Task Task_Awaited_HasRun()
    {
        await Grain.SetTaskAsync("a");

        Assert.Equal("a", await Grain.GetTaskAsync());
    }

    [Fact]
    public async Task ValueTask_Awaited_HasRun()
    {
        await Grain.SetValueTaskAsync("b");

        Assert.Equal("b", await Grain.GetValueTaskAsync());
    }

    [Fact]
    public async Task Result_Null_ComesBackAsNull()
    {
        Assert.Null(await Grain.GetTaskAsync());
        Assert.Null(await Grain.GetValueTaskAsync());
    }

    [Fact]
    public async Task Arguments_OfManyTypes_ArriveAsGiven()
    {
        var id = Guid.NewGuid();
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(3));
        var span = TimeSpan.FromTicks(1);

        var echo = await Grain.EchoAsync(int.MinValue, null, "Молоко", id, at, span, 1.10m, DayOfWeek.Friday);

        Assert.Equal(new Arguments(int.MinValue, null, "Молоко", id, at, span, 1.10m, DayOfWeek.Friday), echo);
        Assert.Equal(at.Offset, echo.At.Offset);
    }

    [Fact]
    public async Task Grain_CallsAnotherByKey_GetsItsAnswer()
    {
        var otherKey = NewKey();
        await Client.GetGrain<ICallGrain>(otherKey).SetTaskAsync("hello");

        Assert.Equal("heard: hello", await Grain.RelayAsync(otherKey));
    }

    [Fact]
    public async Task Reference_PassedAsArgument_CanBeCalled()
    {
        var other = Client.GetGrain<ICallGrain>(NewKey());
        await other.SetTaskAsync("hello");

        Assert.Equal("heard: hello", await Grain.RelayToAsync(other));
    }

    [Fact]
    public async Task Reference_ReturnedByAGrain_CanBeCalled()
    {
        await Grain.SetTaskAsync("me");

        var self = await Grain.GetSelfAsync();

        Assert.Equal("me", await self.GetTaskAsync());
        Assert.Equal(Grain.GetGrainId(), self.GetGrainId());
    }

    [Fact]
    public async Task OneWay_MethodStillRuns_CallerDoesNotWait()
    {
        var gate = NewKey();

        await Grain.TellAsync(gate).WaitAsync(Patience);

        Assert.Empty(Probe.Happened(gate));
        Probe.Open(gate);
        Assert.Equal("told", await Probe.NextAsync(gate));
    }

    [Fact]
    public async Task OneWay_MethodThrows_CallerDoesNotHearOfIt()
    {
        await Grain.TellAndFailAsync();

        Assert.Null(await Grain.GetTaskAsync());
    }
}
