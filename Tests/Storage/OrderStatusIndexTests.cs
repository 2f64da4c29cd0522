using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Storage;

/// <summary>What every index of orders by status does, wherever it keeps its entries.</summary>
public abstract class OrderStatusIndexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An index without entries.</summary>
    protected abstract IOrderStatusIndex Index { get; }

    [Fact]
    public async Task List_EmptyIndex_FindsNothing() =>
        Assert.Empty(await Index.ListAsync(OrderStatus.Pending, after: null, 10));

    [Theory]
    [MemberData(nameof(AllStatuses))]
    public async Task Put_AnyStatus_IsListedThereToTheMillisecond(OrderStatus status)
    {
        await Index.PutAsync("order-1", status, Noon.AddTicks(12_345_678));

        var entries = await Index.ListAsync(status, after: null, 10);

        Assert.Equal([new StatusEntry("order-1", Noon.AddMilliseconds(1234))], entries);
    }

    [Fact]
    public async Task Put_AnotherStatus_LeavesTheOneBefore()
    {
        await Index.PutAsync("order-1", OrderStatus.Pending, Noon);
        await Index.PutAsync("order-1", OrderStatus.Paid, Noon.AddSeconds(1));

        Assert.Empty(await Index.ListAsync(OrderStatus.Pending, after: null, 10));
        Assert.Equal(
            [new StatusEntry("order-1", Noon.AddSeconds(1))],
            await Index.ListAsync(OrderStatus.Paid, after: null, 10));
    }

    [Fact]
    public async Task List_SeveralOrders_NewestFirstTiesByDescendingId()
    {
        await Index.PutAsync("b", OrderStatus.Failed, Noon);
        await Index.PutAsync("oldest", OrderStatus.Failed, Noon.AddHours(-1));
        await Index.PutAsync("B", OrderStatus.Failed, Noon);
        await Index.PutAsync("newest", OrderStatus.Failed, Noon.AddMilliseconds(1));
        await Index.PutAsync("elsewhere", OrderStatus.NotPaid, Noon);

        var entries = await Index.ListAsync(OrderStatus.Failed, after: null, 10);

        Assert.Equal(["newest", "b", "B", "oldest"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task List_PageByPage_FindsEachOnce()
    {
        await PutManyAsync();

        var pages = new List<IReadOnlyList<StatusEntry>>();
        do
            pages.Add(await Index.ListAsync(OrderStatus.Successful, pages.LastOrDefault()?[^1], 7));
        while (pages[^1].Count == 7);

        Assert.Equal([7, 7, 6], pages.Select(page => page.Count));
        Assert.Equal(
            Enumerable.Range(0, 20).Reverse().Select(number => $"order-{number:00}"),
            pages.SelectMany(page => page).Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOlderThan_PageByPage_FindsEachOnceOldestFirst()
    {
        await PutManyAsync();

        var pages = new List<IReadOnlyList<StatusEntry>>();
        do
            pages.Add(await Index.ReadOlderThanAsync(
                OrderStatus.Successful, Noon.AddMilliseconds(3), pages.LastOrDefault()?[^1], 7));
        while (pages[^1].Count == 7);

        Assert.Equal([7, 7, 1], pages.Select(page => page.Count));
        Assert.Equal(
            Enumerable.Range(0, 15).Select(number => $"order-{number:00}"),
            pages.SelectMany(page => page).Select(entry => entry.OrderId));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task ReadOlderThan_BoundAroundTheTime_IsExclusiveToTheTick(long ticksAfter, bool isOlder)
    {
        await Index.PutAsync("order-1", OrderStatus.Refunded, Noon);

        var entries = await Index.ReadOlderThanAsync(
            OrderStatus.Refunded, Noon.AddTicks(ticksAfter), after: null, 10);

        Assert.Equal(isOlder ? 1 : 0, entries.Count);
    }

    [Fact]
    public async Task List_LimitBelowOne_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Index.ListAsync(OrderStatus.Paid, after: null, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Index.ReadOlderThanAsync(OrderStatus.Paid, Noon, after: null, 0));
    }

    [Fact]
    public async Task Remove_KnownAndUnknownOrder_LeavesTheOthers()
    {
        await Index.PutAsync("order-1", OrderStatus.Paid, Noon);
        await Index.PutAsync("order-2", OrderStatus.Paid, Noon);

        await Index.RemoveAsync("order-1");
        await Index.RemoveAsync("order-3");

        var entries = await Index.ListAsync(OrderStatus.Paid, after: null, 10);
        Assert.Equal(["order-2"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task Count_AfterPutsMovesAndRemoves_CountsOrdersByStatus()
    {
        await Index.PutAsync("order-1", OrderStatus.Pending, Noon);
        await Index.PutAsync("order-2", OrderStatus.Pending, Noon);
        await Index.PutAsync("order-3", OrderStatus.Paid, Noon);
        await Index.PutAsync("order-3", OrderStatus.Paid, Noon.AddSeconds(1));
        await Index.PutAsync("order-2", OrderStatus.NotPaid, Noon);
        await Index.PutAsync("order-4", OrderStatus.Failed, Noon);
        await Index.RemoveAsync("order-4");
        await Index.RemoveAsync("order-4");

        var counts = await Index.CountAsync();

        Assert.Equal(1, counts[OrderStatus.Pending]);
        Assert.Equal(1, counts[OrderStatus.Paid]);
        Assert.Equal(1, counts[OrderStatus.NotPaid]);
        Assert.Equal(3, counts.Values.Sum());
    }

    [Fact]
    public void Index_AnySequenceOfCalls_BehavesAsTheModelDoes() => IndexModels.Check(Index);

    public static TheoryData<OrderStatus> AllStatuses() => [.. Enum.GetValues<OrderStatus>()];

    private async Task PutManyAsync()
    {
        for (var number = 0; number < 20; number++)
            await Index.PutAsync($"order-{number:00}", OrderStatus.Successful, Noon.AddMilliseconds(number / 5));
    }
}
