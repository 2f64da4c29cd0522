namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>How much of everything there is in a campaign.</summary>
/// <param name="Orders">How many orders are registered.</param>
/// <param name="Stream">Within which time.</param>
/// <param name="Strikes">How often the fault strikes meanwhile.</param>
/// <param name="SecondsFactor">How much longer than in a small campaign the fault lasts each time.</param>
internal sealed record CampaignSize(int Orders, TimeSpan Stream, int Strikes, double SecondsFactor)
{
    /// <summary>For every run of the tests.</summary>
    public static readonly CampaignSize Small = new(60, TimeSpan.FromSeconds(5), 1, 1);

    /// <summary>For <c>./test --faults</c>.</summary>
    public static readonly CampaignSize Big = new(400, TimeSpan.FromSeconds(20), 3, 1.5);
}
