using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Redis;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Tests.Redis;

/// <summary>A Redis that was used before there were an attention list and a list for each machine.</summary>
public sealed class RedisListUpgradeTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RedisIndexKeys _keys = new(SharedRedis.NewCluster());

    private RedisListUpgrade Upgrade => new(redis.Connection, _keys);

    private RedisAttentionIndex Attention => new(redis.Connection, _keys);

    private RedisMachineIndex Machines => new(redis.Connection, _keys);

    [Fact]
    public async Task Run_OrdersOfBefore_AreListedOutOfTheirStates()
    {
        await StoreAsync("waits", OrderStatus.Failed, isResolved: false);
        await StoreAsync("dismissed", OrderStatus.ManualMake, isResolved: true);
        for (var i = 0; i < 450; i++) await StoreAsync($"pending-{i:000}", OrderStatus.Pending, isResolved: false);
        await ListAsync("without-a-state", OrderStatus.Failed);

        await Upgrade.RunAsync();

        Assert.Equal([new StatusEntry("waits", Noon)], await Attention.ListAsync(after: null, 10));
        Assert.Equal(452, (await Machines.ListAsync("machine of кафе/1", after: null, 500)).Count);
    }

    [Fact]
    public async Task Run_Again_ReadsNothing()
    {
        await Upgrade.RunAsync();
        await StoreAsync("later", OrderStatus.Failed, isResolved: false);

        await Upgrade.RunAsync();

        Assert.Empty(await Attention.ListAsync(after: null, 10));
    }

    [Fact]
    public async Task Forget_OrderOfBefore_TakesItOffItsLists()
    {
        await StoreAsync("order-1", OrderStatus.Failed, isResolved: false);
        await Upgrade.RunAsync();

        using var writer = new RedisOrderIndexWriter(redis.Connection, _keys);
        await writer.ForgetAsync("order-1");

        Assert.Empty(await Attention.ListAsync(after: null, 10));
        Assert.Empty(await Machines.ListAsync("machine of кафе/1", after: null, 10));
    }

    private async Task StoreAsync(string id, OrderStatus status, bool isResolved)
    {
        var order = new PaymentOrder
        {
            Registration = new OrderRegistration
            {
                Id = id,
                MerchantId = "default",
                PaymentScenario = PaymentScenario.Yookassa,
                PaymentReferenceId = $"payment-of-{id}",
                DeviceUuid = "machine of кафе/1",
                DrinkNumber = "7",
                Size = DrinkSize.Small,
                Price = new Money(15_000, "RUB"),
            },
            Status = status,
            IsResolved = isResolved,
        };
        var data = new JsonGrainStateSerializer(OrderJsonContext.Default).Serialize(order);
        await redis.Connection.CallAsync(
            "store an order",
            database => database.HashSetAsync($"{_keys.StatePrefix}{id}/order", "data", data),
            CancellationToken.None);
        await ListAsync(id, status);
    }

    private Task<bool> ListAsync(string id, OrderStatus status) => redis.Connection.CallAsync(
        "list an order",
        database => database.SortedSetAddAsync(_keys.Of(status), id, Noon.ToUnixTimeMilliseconds()),
        CancellationToken.None);
}
