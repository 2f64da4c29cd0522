using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Storage;

/// <summary>What writing the indexes does to all of them, wherever they are kept.</summary>
public abstract class OrderIndexWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Indexes without entries.</summary>
    protected abstract OrderIndexSet Indexes { get; }

    [Fact]
    public async Task Enlist_NewOrder_IsInAllIndexes()
    {
        var holder = await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        Assert.Equal("order-1", holder);
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Pending));
    }

    [Fact]
    public async Task Enlist_PaymentOfAnotherOrder_WritesNothing()
    {
        await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        var holder = await Indexes.Writer.EnlistAsync("payment-1", Entry("order-2", OrderStatus.Pending, Noon));

        Assert.Equal("order-1", holder);
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Pending));
        Assert.Equal(1, await Indexes.Pending.CountAsync());
        Assert.Equal(1, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
    }

    [Fact]
    public async Task Enlist_ByManyAtOnce_OneHasThePaymentAndOnlyThatOneIsWritten()
    {
        var holders = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(async () =>
            await Indexes.Writer.EnlistAsync("payment-1", Entry($"order-{number}", OrderStatus.Pending, Noon)))));

        var holder = Assert.Single(holders.Distinct());
        Assert.Equal([new DueEntry(holder, Noon)], await DueAsync());
        Assert.Equal([new StatusEntry(holder, Noon)], await ListedAsync(OrderStatus.Pending));
    }

    [Fact]
    public async Task Enlist_Again_MovesTheOrder()
    {
        await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        var holder = await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Paid, dueAt: null));

        Assert.Equal("order-1", holder);
        Assert.Empty(await DueAsync());
        Assert.Empty(await ListedAsync(OrderStatus.Pending));
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Paid));
    }

    [Fact]
    public async Task Put_OtherStatusAndTime_MovesBoth()
    {
        await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        await Indexes.Writer.PutAsync(Entry("order-1", OrderStatus.Paid, Noon.AddSeconds(5)));

        Assert.Equal([new DueEntry("order-1", Noon.AddSeconds(5))], await DueAsync());
        Assert.Empty(await ListedAsync(OrderStatus.Pending));
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Paid));
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Put_NeverDueAgain_LeavesTheDueIndexAlone()
    {
        await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));
        await Indexes.Writer.EnlistAsync("payment-2", Entry("order-2", OrderStatus.Pending, Noon));

        await Indexes.Writer.PutAsync(Entry("order-1", OrderStatus.NotPaid, dueAt: null));

        Assert.Equal([new DueEntry("order-2", Noon)], await DueAsync());
        Assert.Equal(1, await Indexes.Pending.CountAsync());
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.NotPaid));
    }

    [Fact]
    public async Task Forget_KnownOrder_IsInNoIndex()
    {
        await Indexes.Writer.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));
        await Indexes.Writer.EnlistAsync("payment-2", Entry("order-2", OrderStatus.Pending, Noon));

        await Indexes.Writer.ForgetAsync("order-1");

        Assert.Null(await Indexes.Payments.FindAsync("payment-1"));
        Assert.Equal("order-2", await Indexes.Payments.FindAsync("payment-2"));
        Assert.Equal([new DueEntry("order-2", Noon)], await DueAsync());
        Assert.Equal([new StatusEntry("order-2", Noon)], await ListedAsync(OrderStatus.Pending));
        Assert.Equal(1, await Indexes.Pending.CountAsync());
        Assert.Equal(1, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
    }

    [Fact]
    public async Task Enlist_CanceledBeforehand_WritesNothing()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Indexes.Writer.EnlistAsync(
            "payment-1", Entry("order-1", OrderStatus.Pending, Noon), canceled));

        Assert.Null(await Indexes.Payments.FindAsync("payment-1"));
        Assert.Empty(await DueAsync());
    }

    private static OrderIndexEntry Entry(string orderId, OrderStatus status, DateTimeOffset? dueAt) =>
        new(orderId, status, Noon, dueAt);

    private ValueTask<IReadOnlyList<DueEntry>> DueAsync() =>
        Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

    private ValueTask<IReadOnlyList<StatusEntry>> ListedAsync(OrderStatus status) =>
        Indexes.Statuses.ListAsync(status, after: null, 10);
}
