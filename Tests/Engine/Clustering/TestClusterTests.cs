using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine.Clustering;

/// <summary>What a cluster for tests has when nobody says.</summary>
public sealed class TestClusterTests
{
    [Fact]
    public void TestClusterBuilder_NoNumberGiven_HasTwoSilos() =>
        Assert.Equal(2, new TestClusterBuilder().Options.InitialSilosCount);

    [Fact]
    public void InProcessTestClusterBuilder_NoNumberGiven_HasTwoSilos() =>
        Assert.Equal(2, new InProcessTestClusterBuilder().Options.InitialSilosCount);
}
