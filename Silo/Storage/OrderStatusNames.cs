using System.Collections.Frozen;
using System.Text.Json;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Storage;

/// <summary>The statuses by their names on the wire, which are also what is stored: <c>make_pending</c>.</summary>
internal static class OrderStatusNames
{
    private static readonly string[] Names =
        [.. Enum.GetNames<OrderStatus>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static readonly FrozenDictionary<string, OrderStatus> Statuses =
        Enum.GetValues<OrderStatus>().ToFrozenDictionary(status => Names[(int)status], StringComparer.Ordinal);

    public static string Of(OrderStatus status) => Names[(int)status];

    /// <summary>The status that has the name.</summary>
    /// <exception cref="FormatException">No status has that name.</exception>
    public static OrderStatus Parse(string name) =>
        Statuses.TryGetValue(name, out var status)
            ? status
            : throw new FormatException($"\"{name}\" is not the status of an order.");
}
