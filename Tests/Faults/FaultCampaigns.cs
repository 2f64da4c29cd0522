namespace CoffeePayment.Tests.Faults;

/// <summary>Campaigns keep all processors busy and watch the clock: they run when the other tests have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCampaigns
{
    public const string Name = "Fault campaigns";
}
