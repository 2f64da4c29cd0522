using Orleans.Serialization;
using Polly.Timeout;

namespace CoffeePayment.Tests.Api;

/// <summary>Calls whose silo went away while they were under way.</summary>
public sealed class LostCallTests
{
    public static TheoryData<Exception> Losses => new()
    {
        new SiloUnavailableException("The silo is gone."),
        new CodecNotFoundException($"Could not find a codec for type {typeof(TimeoutRejectedException)}."),
    };

    [Fact]
    public async Task Call_BeforeAnySiloWasReached_Is503AtOnce()
    {
        await using var api = await ApiHarness.StartAsync(options => options.IsConnected = () => false);

        var answer = await api.GetAsync("/v1/orders/order-1");

        Assert.Equal((503, "2"), (answer.Status, answer.Headers["Retry-After"]));
    }

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public async Task Read_SiloGoesAwayAndAnotherComes_IsAnsweredByTheOther(Exception loss)
    {
        await using var api = await ApiHarness.StartAsync();
        api.Cluster.Failure = loss;

        var reading = api.GetAsync("/v1/orders/order-1");
        await api.Cluster.Time.WhenTimerArmedAsync(within: TimeSpan.FromSeconds(1));
        api.Cluster.Failure = null;
        api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await reading;

        Assert.Equal(404, answer.Status);
    }

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public async Task Resolve_SiloGoesAway_Is503AtOnceSinceNobodyKnowsWhetherItWasCarriedOut(Exception loss)
    {
        await using var api = await ApiHarness.StartAsync();
        api.Cluster.Failure = loss;

        var answer = await api.PostAsync("/v1/orders/order-1/resolve", """{"outcome": "made"}""");

        Assert.Equal(503, answer.Status);
    }
}
