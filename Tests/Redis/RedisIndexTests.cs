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
}
