using System.Net;
using CoffeePayment.Engine.Clustering;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class ClusterViewTests
{
    private static readonly GrainId[] Grains =
        [.. Enumerable.Range(0, 30_000).Select(number => GrainId.Create("pendingpayment", $"order-{number}"))];

    [Fact]
    public void HomeOf_ThreeSilos_IsWithinFivePercentOfEven()
    {
        var view = View(1, 2, 3);

        var counts = Grains.CountBy(grain => view.HomeOf(grain)!).ToDictionary();

        Assert.Equal(3, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void HomeOf_OneLeaves_MovesItsGrainsOnly()
    {
        var (before, after) = (View(1, 2, 3), View(1, 3));

        var moved = Grains.Where(grain => !before.HomeOf(grain)!.Equals(after.HomeOf(grain)));

        Assert.All(moved, grain => Assert.Equal(Silo(2), before.HomeOf(grain)));
    }

    [Fact]
    public void HomeOf_OneJoins_MovesGrainsToItOnly()
    {
        var (before, after) = (View(1, 2, 3), View(1, 2, 3, 4));

        var moved = Grains.Where(grain => !before.HomeOf(grain)!.Equals(after.HomeOf(grain)));

        Assert.All(moved, grain => Assert.Equal(Silo(4), after.HomeOf(grain)));
    }

    [Fact]
    public void HomeOf_NobodyActive_IsNobody() => Assert.Null(ClusterView.Empty.HomeOf(Grains[0]));

    private static SiloAddress Silo(int number) => SiloAddress.New(IPAddress.Loopback, 11110 + number, 7);

    private static ClusterView View(params int[] silos) => new(
        1, silos.Select(number => new MembershipEntry { SiloAddress = Silo(number), Status = SiloStatus.Active }));
}
