using CoffeePayment.Hosting.Redis;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Redis;
using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Tests.Redis;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Storage;

/// <summary>The indexes of orders in one place, and what writes them.</summary>
public sealed record OrderIndexSet(
    IOrderIndexWriter Writer,
    IPendingPaymentIndex Pending,
    IPaymentReferenceIndex Payments,
    IOrderStatusIndex Statuses)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static OrderIndexSet InMemory()
    {
        var (pending, payments, statuses) = (
            new MemoryPendingPaymentIndex(), new MemoryPaymentReferenceIndex(), new MemoryOrderStatusIndex());
        return new(new MemoryOrderIndexWriter(pending, payments, statuses), pending, payments, statuses);
    }

    public static OrderIndexSet In(SqliteDatabase database) => new(
        new SqliteOrderIndexWriter(database),
        new SqlitePendingPaymentIndex(database),
        new SqlitePaymentReferenceIndex(database),
        new SqliteOrderStatusIndex(database));

    /// <summary>In a service of its own.</summary>
    public static OrderIndexSet In(RedisConnection redis)
    {
        var keys = new RedisIndexKeys(SharedRedis.NewCluster());
        return new(
            new RedisOrderIndexWriter(redis, keys),
            new RedisPendingPaymentIndex(redis, keys),
            new RedisPaymentReferenceIndex(redis, keys),
            new RedisOrderStatusIndex(redis, keys));
    }

    /// <summary>Claims a payment for an order of which nothing else matters.</summary>
    public ValueTask<string> ClaimAsync(string paymentReferenceId, string orderId) =>
        Writer.EnlistAsync(paymentReferenceId, new OrderIndexEntry(orderId, OrderStatus.Pending, Noon, Noon));

    /// <summary>Lists an order that is not due for anything.</summary>
    public ValueTask ListAsync(string orderId, OrderStatus status, DateTimeOffset at) =>
        Writer.PutAsync(new OrderIndexEntry(orderId, status, at, DueAt: null));
}
