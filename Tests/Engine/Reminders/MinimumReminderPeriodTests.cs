namespace CoffeePayment.Tests.Engine;

/// <summary>The shortest period of reminders, lowered for a service that sweeps more often.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/timers-and-reminders"/>
[Collection(CollectingEngine.Name)]
public sealed class MinimumReminderPeriodTests(CollectingCluster cluster) : EngineTests(cluster)
{
    private IReminderGrain Grain { get; } = cluster.Client.GetGrain<IReminderGrain>(NewKey());

    [Fact]
    public async Task Register_PeriodAtTheLoweredMinimum_IsAccepted()
    {
        await Grain.RegisterAsync("sweep", TimeSpan.FromHours(1), CollectingCluster.MinimumReminderPeriod);

        Assert.Equal(["sweep"], await Grain.GetNamesAsync());
    }

    [Fact]
    public async Task Register_PeriodBelowTheLoweredMinimum_IsRefused()
    {
        var tooShort = CollectingCluster.MinimumReminderPeriod - TimeSpan.FromTicks(1);

        await Assert.ThrowsAsync<ArgumentException>(
            () => Grain.RegisterAsync("sweep", TimeSpan.FromHours(1), tooShort));
    }
}
