using CoffeePayment.Tests.Faults.Campaigns;

namespace CoffeePayment.Tests.Faults;

/// <summary>
/// Real processes under everything that befalls real processes: nothing that was acknowledged is lost, no drink is made
/// twice, nothing crashes, and the API never says 500. <c>./test --faults ROUNDS</c> repeats it in a big size.
/// </summary>
[Collection(FaultCampaigns.Name)]
public sealed class FaultTests(FaultRounds rounds) : IClassFixture<FaultRounds>
{
    public static TheoryData<string> Faults => [.. FaultRounds.Names];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_WhileOrdersComeIn_LosesNothing(string fault)
    {
        var row = await rounds.RowOf(fault);

        // Not Assert.Empty or Equal: they cut what explains a failure.
        Assert.True(!row.Failures.Any(), FaultTable.Explain([row]));
    }
}
