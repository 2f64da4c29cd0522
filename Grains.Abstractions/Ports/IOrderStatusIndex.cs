using CoffeePayment.Orders;

namespace CoffeePayment.Ports;

/// <summary>
/// Orders by status and time, for lists, counts and retention. An order is in one status at a time;
/// <see cref="IOrderIndexWriter"/> puts it there.
/// </summary>
public interface IOrderStatusIndex
{
    /// <summary>Reads one page of the orders in a status, newest first, ties by descending id.</summary>
    /// <param name="status">The status.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">At most so many; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads one page of the orders in a status that got there before <paramref name="before"/>, oldest first, ties by
    /// ascending id.
    /// </summary>
    /// <param name="status">The status.</param>
    /// <param name="before">Exclusive.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">At most so many; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        OrderStatus status,
        DateTimeOffset before,
        StatusEntry? after,
        int limit,
        CancellationToken cancellationToken = default);

    /// <summary>How many orders there are in each status; a status without orders may be missing.</summary>
    ValueTask<IReadOnlyDictionary<OrderStatus, long>> CountAsync(CancellationToken cancellationToken = default);
}

/// <summary>An order and the time by which it is listed, UTC to the millisecond: when it got to its status.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.StatusEntry")]
public readonly record struct StatusEntry(
    [property: Id(0)] string OrderId,
    [property: Id(1)] DateTimeOffset At);
