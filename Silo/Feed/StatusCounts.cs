using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Feed;

/// <summary>How many orders are in each status, as far as this process has seen them. Any thread may call.</summary>
public sealed class StatusCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<OrderStatus>().Length];

    /// <summary>Starts from what there was before this process.</summary>
    public void Add(OrderStatus status, long orders) => Interlocked.Add(ref _counts[(int)status], orders);

    /// <summary>Moves an order; <paramref name="from"/> is null for a new one.</summary>
    public void Move(OrderStatus? from, OrderStatus to)
    {
        if (from is { } left) Interlocked.Decrement(ref _counts[(int)left]);
        Interlocked.Increment(ref _counts[(int)to]);
    }

    /// <summary>What is not zero, in the order of an order's life.</summary>
    public IReadOnlyList<(OrderStatus Status, long Orders)> Snapshot() =>
    [
        .. Enum.GetValues<OrderStatus>()
            .Select(status => (status, Interlocked.Read(ref _counts[(int)status])))
            .Where(entry => entry.Item2 != 0),
    ];
}
