using CoffeePayment.Api.Calls;
using CoffeePayment.Tests.Engine;
using Polly.Timeout;

namespace CoffeePayment.Tests.Contracts;

/// <summary>
/// Where a silo of the official packages cannot find out in time where a grain is, it throws Polly's exception. Who
/// called must know that for a lost call, whatever has become of the exception on its way.
/// </summary>
[Collection(PlainEngine.Name)]
public sealed class PlacementTimeoutTests(PlainCluster cluster) : EngineTests(cluster)
{
    [Fact]
    public async Task Throw_OfATimeoutOfPollys_ArrivesAsALostCall()
    {
        var grain = Client.GetGrain<ITimedOutGrain>(NewKey());

        var error = await Record.ExceptionAsync(grain.TimeOutAsync);

        Assert.True(LostCalls.IsLost(error!), $"{error}");
    }
}

[Alias("tests.ITimedOutGrain")]
public interface ITimedOutGrain : IGrainWithStringKey
{
    [Alias("TimeOut")]
    Task TimeOutAsync();
}

public sealed class TimedOutGrain : Grain, ITimedOutGrain
{
    public Task TimeOutAsync() => throw new TimeoutRejectedException("Placement took too long.");
}
