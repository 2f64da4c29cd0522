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

    /// <summary>
    /// The way back from an order to its payment and machine: a sorted set of <c>order/payment/machine</c>, which no id
    /// of an order or a payment makes ambiguous. Entries of before machines were listed end with the payment.
    /// </summary>
    internal RedisKey PaymentsByOrder { get; } = $"{cluster.Value.ServiceId}/payments/by-order";

    /// <summary>The orders that wait for a person: a sorted set of them, scored by time.</summary>
    internal RedisKey Attention { get; } = $"{cluster.Value.ServiceId}/attention";

    /// <summary>What the key of each machine begins with: a sorted set of its orders, scored by time.</summary>
    internal string MachinePrefix { get; } = $"{cluster.Value.ServiceId}/machines/";

    /// <summary>What the key of each order's state begins with; it ends with <c>/order</c>.</summary>
    internal string StatePrefix { get; } = $"{cluster.Value.ServiceId}/state/pendingpayment/";

    /// <summary>Is there once all orders are on the lists above.</summary>
    internal RedisKey ListsMarker { get; } = $"{cluster.Value.ServiceId}/lists";

    /// <summary>For each status, in the order of the enumeration, a sorted set of orders scored by time.</summary>
    internal IReadOnlyList<RedisKey> Statuses { get; } =
        [.. Enum.GetValues<OrderStatus>().Select(
            status => (RedisKey)$"{cluster.Value.ServiceId}/orders/{OrderStatusNames.Of(status)}")];

    internal RedisKey Of(OrderStatus status) => Statuses[(int)status];

    internal RedisKey OfMachine(string deviceUuid) => MachinePrefix + deviceUuid;
}
