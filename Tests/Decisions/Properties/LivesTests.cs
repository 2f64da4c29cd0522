using CoffeePayment.Orders;
using CoffeePayment.Tests.Decisions.Table;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>Properties say nothing about what random lives never come to, so these lives come everywhere.</summary>
public sealed class LivesTests
{
    private static readonly Transition[] Steps =
        [.. Lives.Generator().Sample(2000, new Rnd(20260301), 1).SelectMany(life => life.Live())];

    [Fact]
    public void Lives_Random_PutEveryEventToEveryStatus()
    {
        var pairs = Enum.GetValues<OrderStatus>()
            .SelectMany(status => EventKinds.All.Select(kind => (status, kind)))
            .ToHashSet();

        pairs.ExceptWith(Steps.Select(step => (step.Before.Status, EventKinds.Of(step.Event))));

        Assert.Empty(pairs);
    }

    [Theory]
    [InlineData(OrderStatus.Pending, Track.Fast)]
    [InlineData(OrderStatus.Pending, Track.Slow)]
    [InlineData(OrderStatus.NotPaid, Track.Late)]
    [InlineData(OrderStatus.Failed, Track.Late)]
    public void Lives_Random_ComeToEveryTrack(OrderStatus status, Track track) =>
        Assert.Contains(Steps, step => step.After.Status == status && step.After.Track == track);

    [Fact]
    public void Lives_Random_SendEveryTry() =>
        Assert.Equal([1, 2, 3], Steps.Select(step => step.After.Make?.Attempts).OfType<int>().Distinct().Order());
}
