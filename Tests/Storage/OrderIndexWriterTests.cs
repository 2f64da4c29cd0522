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
        var holder = await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        Assert.Equal("order-1", holder);
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Pending));
    }

    [Fact]
    public async Task Enlist_PaymentOfAnotherOrder_WritesNothing()
    {
        await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        var holder = await Indexes.EnlistAsync("payment-1", Entry("order-2", OrderStatus.Pending, Noon));

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
            await Indexes.EnlistAsync("payment-1", Entry($"order-{number}", OrderStatus.Pending, Noon)))));

        var holder = Assert.Single(holders.Distinct());
        Assert.Equal([new DueEntry(holder, Noon)], await DueAsync());
        Assert.Equal([new StatusEntry(holder, Noon)], await ListedAsync(OrderStatus.Pending));
    }

    [Fact]
    public async Task Enlist_Again_MovesTheOrder()
    {
        await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        var holder = await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Paid, dueAt: null));

        Assert.Equal("order-1", holder);
        Assert.Empty(await DueAsync());
        Assert.Empty(await ListedAsync(OrderStatus.Pending));
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Paid));
    }

    [Fact]
    public async Task Put_OtherStatusAndTime_MovesBoth()
    {
        await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));

        await Indexes.Writer.PutAsync(Entry("order-1", OrderStatus.Paid, Noon.AddSeconds(5)));

        Assert.Equal([new DueEntry("order-1", Noon.AddSeconds(5))], await DueAsync());
        Assert.Empty(await ListedAsync(OrderStatus.Pending));
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Paid));
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Put_NeverDueAgain_LeavesTheDueIndexAlone()
    {
        await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));
        await Indexes.EnlistAsync("payment-2", Entry("order-2", OrderStatus.Pending, Noon));

        await Indexes.Writer.PutAsync(Entry("order-1", OrderStatus.NotPaid, dueAt: null));

        Assert.Equal([new DueEntry("order-2", Noon)], await DueAsync());
        Assert.Equal(1, await Indexes.Pending.CountAsync());
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.NotPaid));
    }

    [Fact]
    public async Task Forget_KnownOrder_IsInNoIndex()
    {
        await Indexes.EnlistAsync("payment-1", Entry("order-1", OrderStatus.Pending, Noon));
        await Indexes.EnlistAsync("payment-2", Entry("order-2", OrderStatus.Pending, Noon));

        await Indexes.Writer.ForgetAsync("order-1");

        Assert.Null(await Indexes.Payments.FindAsync("payment-1"));
        Assert.Equal("order-2", await Indexes.Payments.FindAsync("payment-2"));
        Assert.Equal([new DueEntry("order-2", Noon)], await DueAsync());
        Assert.Equal([new StatusEntry("order-2", Noon)], await ListedAsync(OrderStatus.Pending));
        Assert.Equal(1, await Indexes.Pending.CountAsync());
        Assert.Equal(1, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
    }

    [Fact]
    public async Task Enlist_OrdersOfTwoMachines_AreListedByMachineNewestFirst()
    {
        await EnlistAsync("order-1", "machine 1/a", Noon);
        await EnlistAsync("order-2", "machine 1/a", Noon.AddSeconds(2));
        await EnlistAsync("order-3", "machine 1/a", Noon.AddSeconds(1));
        await EnlistAsync("order-4", "machine 1", Noon);

        var first = await Indexes.Machines.ListAsync("machine 1/a", after: null, 2);
        var second = await Indexes.Machines.ListAsync("machine 1/a", first[^1], 2);
        var other = await Indexes.Machines.ListAsync("machine 1", after: null, 2);

        Assert.Equal(
            [new StatusEntry("order-2", Noon.AddSeconds(2)), new StatusEntry("order-3", Noon.AddSeconds(1))], first);
        Assert.Equal([new StatusEntry("order-1", Noon)], second);
        Assert.Equal([new StatusEntry("order-4", Noon)], other);
    }

    [Fact]
    public async Task Enlist_Again_IsListedOnceByItsMachine()
    {
        await EnlistAsync("order-1", "machine-1", Noon);

        await EnlistAsync("order-1", "machine-1", Noon);

        Assert.Equal(
            [new StatusEntry("order-1", Noon)], await Indexes.Machines.ListAsync("machine-1", after: null, 10));
    }

    [Fact]
    public async Task Put_NeedsAttention_IsOnTheListUntilItDoesNot()
    {
        await EnlistAsync("order-1", "machine-1", Noon);
        var failed = Entry("order-1", OrderStatus.Failed, Noon.AddMinutes(5)) with { NeedsAttention = true };

        await Indexes.Writer.PutAsync(failed);
        var listed = await Indexes.Attention.ListAsync(after: null, 10);
        var counted = await Indexes.Attention.CountAsync();
        await Indexes.Writer.PutAsync(failed with { NeedsAttention = false });

        Assert.Equal([new StatusEntry("order-1", Noon)], listed);
        Assert.Equal(1, counted);
        Assert.Empty(await Indexes.Attention.ListAsync(after: null, 10));
        Assert.Equal(0, await Indexes.Attention.CountAsync());
        Assert.Equal([new StatusEntry("order-1", Noon)], await ListedAsync(OrderStatus.Failed));
        Assert.Equal([new DueEntry("order-1", Noon.AddMinutes(5))], await DueAsync());
    }

    [Fact]
    public async Task Attention_PageByPage_GivesEachOnceNewestFirst()
    {
        for (var i = 0; i < 5; i++)
        {
            await Indexes.Writer.PutAsync(new OrderIndexEntry(
                $"order-{i}", OrderStatus.ManualMake, Noon.AddSeconds(i / 2), DueAt: null, NeedsAttention: true));
        }

        var first = await Indexes.Attention.ListAsync(after: null, 3);
        var second = await Indexes.Attention.ListAsync(first[^1], 3);

        Assert.Equal(["order-4", "order-3", "order-2"], first.Select(entry => entry.OrderId));
        Assert.Equal(["order-1", "order-0"], second.Select(entry => entry.OrderId));
        Assert.Equal(5, await Indexes.Attention.CountAsync());
    }

    [Fact]
    public async Task Forget_OrderThatNeededAttention_IsOnNoList()
    {
        await EnlistAsync("order-1", "machine/1", Noon);
        await EnlistAsync("order-2", "machine/1", Noon);
        await Indexes.Writer.PutAsync(Entry("order-1", OrderStatus.Failed, dueAt: null) with { NeedsAttention = true });

        await Indexes.Writer.ForgetAsync("order-1");

        Assert.Empty(await Indexes.Attention.ListAsync(after: null, 10));
        Assert.Equal(0, await Indexes.Attention.CountAsync());
        Assert.Equal(
            [new StatusEntry("order-2", Noon)], await Indexes.Machines.ListAsync("machine/1", after: null, 10));
    }

    [Fact]
    public async Task Enlist_CanceledBeforehand_WritesNothing()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Indexes.EnlistAsync(
            "payment-1", Entry("order-1", OrderStatus.Pending, Noon), canceled));

        Assert.Null(await Indexes.Payments.FindAsync("payment-1"));
        Assert.Empty(await DueAsync());
    }

    private ValueTask<string> EnlistAsync(string orderId, string deviceUuid, DateTimeOffset startedAt) =>
        Indexes.Writer.EnlistAsync(
            new OrderOrigin($"payment-of-{orderId}", deviceUuid, startedAt),
            Entry(orderId, OrderStatus.Pending, Noon));

    private static OrderIndexEntry Entry(string orderId, OrderStatus status, DateTimeOffset? dueAt) =>
        new(orderId, status, Noon, dueAt);

    private ValueTask<IReadOnlyList<DueEntry>> DueAsync() =>
        Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

    private ValueTask<IReadOnlyList<StatusEntry>> ListedAsync(OrderStatus status) =>
        Indexes.Statuses.ListAsync(status, after: null, 10);
}
