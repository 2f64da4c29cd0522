namespace CoffeePayment.Ports;

/// <summary>
/// When each order that is not done must be looked at next: order id -> due time, kept to the millisecond. A stale or
/// superfluous entry only costs a needless wake-up; a missing one would lose an order. <see cref="IOrderIndexWriter"/>
/// writes it.
/// </summary>
public interface IPendingPaymentIndex
{
    /// <summary>
    /// Reads one page of what is due before <paramref name="dueBefore"/>, most recently due first, ties by descending
    /// id.
    /// </summary>
    /// <param name="dueBefore">Exclusive.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">At most so many; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
        DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads one page of what is due in a span of time, soonest first, ties by ascending id.</summary>
    /// <param name="dueFrom">Inclusive.</param>
    /// <param name="dueBefore">Exclusive.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">At most so many; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
        DateTimeOffset dueFrom,
        DateTimeOffset dueBefore,
        DueEntry? after,
        int limit,
        CancellationToken cancellationToken = default);

    /// <summary>How many orders are in the index.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);
}

/// <summary>An order and when it is due, UTC to the millisecond.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.DueEntry")]
public readonly record struct DueEntry(
    [property: Id(0)] string OrderId,
    [property: Id(1)] DateTimeOffset DueAt);
