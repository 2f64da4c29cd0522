using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Storage;

/// <summary>What every index of orders by status does, wherever it keeps its entries.</summary>
public abstract class OrderStatusIndexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Indexes without entries.</summary>
    protected abstract OrderIndexSet Indexes { get; }

    [Fact]
    public async Task List_EmptyIndex_FindsNothing() =>
        Assert.Empty(await Indexes.Statuses.ListAsync(OrderStatus.Pending, after: null, 10));

    [Theory]
    [MemberData(nameof(AllStatuses))]
    public async Task Put_AnyStatus_IsListedThereToTheMillisecond(OrderStatus status)
    {
        await Indexes.ListAsync("order-1", status, Noon.AddTicks(12_345_678));

        var entries = await Indexes.Statuses.ListAsync(status, after: null, 10);

        Assert.Equal([new StatusEntry("order-1", Noon.AddMilliseconds(1234))], entries);
    }

    [Fact]
    public async Task Put_AnotherStatus_LeavesTheOneBefore()
    {
        await Indexes.ListAsync("order-1", OrderStatus.Pending, Noon);
        await Indexes.ListAsync("order-1", OrderStatus.Paid, Noon.AddSeconds(1));

        Assert.Empty(await Indexes.Statuses.ListAsync(OrderStatus.Pending, after: null, 10));
        Assert.Equal(
            [new StatusEntry("order-1", Noon.AddSeconds(1))],
            await Indexes.Statuses.ListAsync(OrderStatus.Paid, after: null, 10));
    }

    [Fact]
    public async Task List_SeveralOrders_NewestFirstTiesByDescendingId()
    {
        await Indexes.ListAsync("b", OrderStatus.Failed, Noon);
        await Indexes.ListAsync("oldest", OrderStatus.Failed, Noon.AddHours(-1));
        await Indexes.ListAsync("B", OrderStatus.Failed, Noon);
        await Indexes.ListAsync("newest", OrderStatus.Failed, Noon.AddMilliseconds(1));
        await Indexes.ListAsync("elsewhere", OrderStatus.NotPaid, Noon);

        var entries = await Indexes.Statuses.ListAsync(OrderStatus.Failed, after: null, 10);

        Assert.Equal(["newest", "b", "B", "oldest"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task List_PageByPage_FindsEachOnce()
    {
        await PutManyAsync();

        var pages = new List<IReadOnlyList<StatusEntry>>();
        do
            pages.Add(await Indexes.Statuses.ListAsync(OrderStatus.Successful, pages.LastOrDefault()?[^1], 7));
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
            pages.Add(await Indexes.Statuses.ReadOlderThanAsync(
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
        await Indexes.ListAsync("order-1", OrderStatus.Refunded, Noon);

        var entries = await Indexes.Statuses.ReadOlderThanAsync(
            OrderStatus.Refunded, Noon.AddTicks(ticksAfter), after: null, 10);

        Assert.Equal(isOlder ? 1 : 0, entries.Count);
    }

    [Fact]
    public async Task List_LimitBelowOne_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Indexes.Statuses.ListAsync(OrderStatus.Paid, after: null, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Indexes.Statuses.ReadOlderThanAsync(OrderStatus.Paid, Noon, after: null, 0));
    }

    [Fact]
    public async Task Remove_KnownAndUnknownOrder_LeavesTheOthers()
    {
        await Indexes.ListAsync("order-1", OrderStatus.Paid, Noon);
        await Indexes.ListAsync("order-2", OrderStatus.Paid, Noon);

        await Indexes.Writer.ForgetAsync("order-1");
        await Indexes.Writer.ForgetAsync("order-3");

        var entries = await Indexes.Statuses.ListAsync(OrderStatus.Paid, after: null, 10);
        Assert.Equal(["order-2"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task Count_AfterPutsMovesAndRemoves_CountsOrdersByStatus()
    {
        await Indexes.ListAsync("order-1", OrderStatus.Pending, Noon);
        await Indexes.ListAsync("order-2", OrderStatus.Pending, Noon);
        await Indexes.ListAsync("order-3", OrderStatus.Paid, Noon);
        await Indexes.ListAsync("order-3", OrderStatus.Paid, Noon.AddSeconds(1));
        await Indexes.ListAsync("order-2", OrderStatus.NotPaid, Noon);
        await Indexes.ListAsync("order-4", OrderStatus.Failed, Noon);
        await Indexes.Writer.ForgetAsync("order-4");
        await Indexes.Writer.ForgetAsync("order-4");

        var counts = await Indexes.Statuses.CountAsync();

        Assert.Equal(1, counts[OrderStatus.Pending]);
        Assert.Equal(1, counts[OrderStatus.Paid]);
        Assert.Equal(1, counts[OrderStatus.NotPaid]);
        Assert.Equal(3, counts.Values.Sum());
    }

    [Fact]
    public void Index_AnySequenceOfCalls_BehavesAsTheModelDoes() => IndexModels.CheckStatuses(Indexes);

    public static TheoryData<OrderStatus> AllStatuses() => [.. Enum.GetValues<OrderStatus>()];

    private async Task PutManyAsync()
    {
        for (var number = 0; number < 20; number++)
            await Indexes.ListAsync($"order-{number:00}", OrderStatus.Successful, Noon.AddMilliseconds(number / 5));
    }
}
