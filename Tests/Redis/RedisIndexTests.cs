using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Storage;

namespace CoffeePayment.Tests.Redis;

public sealed class RedisPendingPaymentIndexTests(SharedRedis redis)
    : PendingPaymentIndexTests, IClassFixture<SharedRedis>
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.In(redis.Connection);

    [Fact]
    public async Task ReadOverdue_ManyDueAtOnce_PagesFromAnyOfThem()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(
            number => Indexes.Writer.ScheduleAsync($"order-{number:000}", noon).AsTask()));

        var page = await Indexes.Pending.ReadOverdueAsync(noon.AddDays(1), new DueEntry("order-500", noon), 2);
        var beside = await Indexes.Pending.ReadOverdueAsync(noon.AddDays(1), new DueEntry("order-500a", noon), 2);

        Assert.Equal(["order-499", "order-498"], page.Select(entry => entry.OrderId));
        Assert.Equal(["order-500", "order-499"], beside.Select(entry => entry.OrderId));
    }
}

public sealed class RedisPaymentReferenceIndexTests(SharedRedis redis)
    : PaymentReferenceIndexTests, IClassFixture<SharedRedis>
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.In(redis.Connection);
}

public sealed class RedisOrderStatusIndexTests(SharedRedis redis)
    : OrderStatusIndexTests, IClassFixture<SharedRedis>
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.In(redis.Connection);
}

public sealed class RedisOrderIndexWriterTests(SharedRedis redis)
    : OrderIndexWriterTests, IClassFixture<SharedRedis>
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.In(redis.Connection);

    [Fact]
    public async Task Enlist_ManyAtOnce_EachIsToldWhoHasItsPayment()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        // Each payment is claimed by two orders; the one that asks first gets it.
        var holders = await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Indexes.EnlistAsync(
            $"payment-{number / 2}",
            new OrderIndexEntry($"order-{number}", OrderStatus.Pending, noon, DueAt: noon)).AsTask()));

        Assert.Equal(Enumerable.Range(0, 400).Select(number => $"order-{number / 2 * 2}"), holders);
        Assert.Equal(200, await Indexes.Pending.CountAsync());
        Assert.Equal(200, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
    }

    [Fact]
    public async Task Schedule_ManyAtOnceAndOneTwice_LeavesItWhereItWasPutLast()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(
            number => Indexes.Writer.ScheduleAsync($"order-{number % 150}", noon.AddSeconds(number)).AsTask()));

        var due = (await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 200))
            .ToDictionary(entry => entry.OrderId, entry => entry.DueAt);
        Assert.Equal(150, due.Count);
        Assert.Equal(noon.AddSeconds(150), due["order-0"]);
        Assert.Equal(noon.AddSeconds(149), due["order-149"]);
    }
}
