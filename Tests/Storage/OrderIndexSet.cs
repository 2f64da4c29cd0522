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
    IOrderStatusIndex Statuses,
    IAttentionIndex Attention,
    IMachineIndex Machines)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static OrderIndexSet InMemory()
    {
        var pending = new MemoryPendingPaymentIndex();
        var payments = new MemoryPaymentReferenceIndex();
        var statuses = new MemoryOrderStatusIndex();
        var attention = new MemoryAttentionIndex();
        var machines = new MemoryMachineIndex();
        var writer = new MemoryOrderIndexWriter(pending, payments, statuses, attention, machines);
        return new(writer, pending, payments, statuses, attention, machines);
    }

    public static OrderIndexSet In(SqliteDatabase database) => new(
        new SqliteOrderIndexWriter(database),
        new SqlitePendingPaymentIndex(database),
        new SqlitePaymentReferenceIndex(database),
        new SqliteOrderStatusIndex(database),
        new SqliteAttentionIndex(database),
        new SqliteMachineIndex(database));

    /// <summary>In a service of its own.</summary>
    public static OrderIndexSet In(RedisConnection redis)
    {
        var keys = new RedisIndexKeys(SharedRedis.NewCluster());
        return new(
            new RedisOrderIndexWriter(redis, keys),
            new RedisPendingPaymentIndex(redis, keys),
            new RedisPaymentReferenceIndex(redis, keys),
            new RedisOrderStatusIndex(redis, keys),
            new RedisAttentionIndex(redis, keys),
            new RedisMachineIndex(redis, keys));
    }

    /// <summary>Claims a payment for an order of which nothing else matters.</summary>
    public ValueTask<string> ClaimAsync(string paymentReferenceId, string orderId) =>
        EnlistAsync(paymentReferenceId, new OrderIndexEntry(orderId, OrderStatus.Pending, Noon, Noon));

    /// <summary>Enlists an order of whatever machine.</summary>
    public ValueTask<string> EnlistAsync(
        string paymentReferenceId, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
        Writer.EnlistAsync(new OrderOrigin(paymentReferenceId, "machine-1", Noon), entry, cancellationToken);

    /// <summary>Lists an order that is not due for anything.</summary>
    public ValueTask ListAsync(string orderId, OrderStatus status, DateTimeOffset at) =>
        Writer.PutAsync(new OrderIndexEntry(orderId, status, at, DueAt: null));
}
