using CoffeePayment.Grains.Statistics;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Statistics;

public sealed class ActiveChecksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ActiveChecks _checks = new();

    [Fact]
    public void Longest_SomeHaveEnded_GivesTheOthersLongestFirst()
    {
        using var second = Begin("second", seconds: 2);
        using var third = Begin("third", seconds: 3);
        Begin("ended", seconds: 0).Dispose();
        using var first = Begin("first", seconds: 1);

        var longest = _checks.Longest(2);

        Assert.Equal(["first", "second"], longest.Select(check => check.OrderId));
        Assert.Equal(("default", Noon.AddSeconds(1)), (longest[0].MerchantId, longest[0].StartedAt));
        Assert.Equal(3, _checks.Count);
    }

    [Fact]
    public void Begin_MoreThanThereArePlaces_CountsAllAndKeepsTheFirst()
    {
        var places = Enumerable.Range(0, ActiveChecks.PlacesMax + 10).Select(i => Begin($"order-{i}", i)).ToList();

        var counted = _checks.Count;
        var named = _checks.Longest(int.MaxValue);
        foreach (var place in places) place.Dispose();

        Assert.Equal(ActiveChecks.PlacesMax + 10, counted);
        Assert.Equal(
            Enumerable.Range(0, ActiveChecks.PlacesMax).Select(i => $"order-{i}"), named.Select(c => c.OrderId));
        Assert.Equal((0, 0), (_checks.Count, _checks.Longest(int.MaxValue).Length));
    }

    [Fact]
    public async Task Begin_FromManyThreads_LosesNoneAndLeavesNoneBehind()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), (i, _) =>
        {
            using var check = Begin($"order-{i}", i);
            return ValueTask.CompletedTask;
        });

        Assert.Equal((0, 0), (_checks.Count, _checks.Longest(int.MaxValue).Length));
    }

    private ActiveChecks.Place Begin(string orderId, int seconds) =>
        _checks.Begin(new PaymentInquiry(orderId, "default", $"payment-of-{orderId}"), Noon.AddSeconds(seconds));
}
