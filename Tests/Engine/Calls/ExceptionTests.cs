namespace CoffeePayment.Tests.Engine;

/// <summary>What a grain method throws comes out at its caller, over any number of grains in between.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/"/>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/host/configuration-guide/serialization"/>
[Collection(PlainEngine.Name)]
public sealed class ExceptionTests(PlainCluster cluster) : EngineTests(cluster)
{
    private IExceptionGrain Grain { get; } = cluster.Client.GetGrain<IExceptionGrain>(NewKey());

    [Fact]
    public async Task Throw_BeforeTheFirstAwait_HasSameTypeAndMessage()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowAtOnceAsync("at once"));

        Assert.Equal("at once", error.Message);
    }

    [Fact]
    public async Task Throw_AfterAnAwait_HasSameTypeAndMessage()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowLaterAsync("later"));

        Assert.Equal("later", error.Message);
    }

    [Fact]
    public async Task Throw_FromAValueTask_HasSameTypeAndMessage()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Grain.ThrowFromValueTaskAsync("value task"));

        Assert.Equal("value task", error.Message);
    }

    [Fact]
    public async Task Throw_StackTrace_NamesTheGrainMethod()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowLaterAsync("later"));

        Assert.Contains(nameof(ExceptionGrain.ThrowLaterAsync), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throw_OwnException_KeepsItsMembers()
    {
        var error = await Assert.ThrowsAsync<OwnException>(() => Grain.ThrowOwnAsync(42));

        Assert.Equal("own", error.Message);
        Assert.Equal(42, error.Code);
    }

    [Fact]
    public async Task Throw_WithInnerException_KeepsIt()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(Grain.ThrowWithInnerAsync);

        Assert.Equal("outer", error.Message);
        Assert.Equal("inner", Assert.IsType<ArgumentException>(error.InnerException).Message);
    }

    [Fact]
    public async Task Throw_ThroughAGrainBetween_ArrivesUnwrapped()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Grain.ThrowThroughAsync(NewKey(), "from afar"));

        Assert.Equal("from afar", error.Message);
    }

    [Fact]
    public async Task Throw_CaughtByACallingGrain_IsTheSameThere() =>
        Assert.Equal("own 7", await Grain.CatchAsync(NewKey()));

    [Fact]
    public async Task Grain_ThatThrew_TakesFurtherCalls()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowAtOnceAsync("once"));

        await Grain.CallAsync();
    }
}
