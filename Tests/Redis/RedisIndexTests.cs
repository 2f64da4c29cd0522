using CoffeePayment.Ports;
using CoffeePayment.Silo.Redis;
using CoffeePayment.Tests.Storage;

namespace CoffeePayment.Tests.Redis;

public sealed class RedisPendingPaymentIndexTests(SharedRedis redis)
    : PendingPaymentIndexTests, IClassFixture<SharedRedis>
{
    protected override IPendingPaymentIndex Index { get; } =
        new RedisPendingPaymentIndex(redis.Connection, SharedRedis.NewCluster());

    [Fact]
    public async Task ReadOverdue_ManyDueAtOnce_PagesFromAnyOfThem()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(
            number => Index.ScheduleAsync($"order-{number:000}", noon).AsTask()));

        var page = await Index.ReadOverdueAsync(noon.AddDays(1), new DueEntry("order-500", noon), 2);
        var beside = await Index.ReadOverdueAsync(noon.AddDays(1), new DueEntry("order-500a", noon), 2);

        Assert.Equal(["order-499", "order-498"], page.Select(entry => entry.OrderId));
        Assert.Equal(["order-500", "order-499"], beside.Select(entry => entry.OrderId));
    }
}

public sealed class RedisPaymentReferenceIndexTests(SharedRedis redis)
    : PaymentReferenceIndexTests, IClassFixture<SharedRedis>
{
    protected override IPaymentReferenceIndex Index { get; } =
        new RedisPaymentReferenceIndex(redis.Connection, SharedRedis.NewCluster());
}

public sealed class RedisOrderStatusIndexTests(SharedRedis redis)
    : OrderStatusIndexTests, IClassFixture<SharedRedis>
{
    protected override IOrderStatusIndex Index { get; } =
        new RedisOrderStatusIndex(redis.Connection, SharedRedis.NewCluster());
}
