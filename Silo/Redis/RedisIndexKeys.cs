using CoffeePayment.Orders;
using CoffeePayment.Silo.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace CoffeePayment.Silo.Redis;

/// <summary>Where the indexes lie in Redis.</summary>
public sealed class RedisIndexKeys(IOptions<ClusterOptions> cluster)
{
    /// <summary>The due index: a sorted set of orders, scored by due time in milliseconds.</summary>
    internal RedisKey Pending { get; } = $"{cluster.Value.ServiceId}/pending";

    /// <summary>A hash from payment to order.</summary>
    internal RedisKey Payments { get; } = $"{cluster.Value.ServiceId}/payments";

    /// <summary>The way back: a sorted set of <c>order/payment</c>, which no id of an order makes ambiguous.</summary>
    internal RedisKey PaymentsByOrder { get; } = $"{cluster.Value.ServiceId}/payments/by-order";

    /// <summary>For each status, in the order of the enumeration, a sorted set of orders scored by time.</summary>
    internal IReadOnlyList<RedisKey> Statuses { get; } =
        [.. Enum.GetValues<OrderStatus>().Select(
            status => (RedisKey)$"{cluster.Value.ServiceId}/orders/{OrderStatusNames.Of(status)}")];

    internal RedisKey Of(OrderStatus status) => Statuses[(int)status];
}
