namespace CoffeePayment.Ports;

/// <summary>
/// The orders that wait for a person, and no others, by the time at which they got there.
/// <see cref="IOrderIndexWriter"/> writes it.
/// </summary>
public interface IAttentionIndex
{
    /// <summary>Reads one page, newest first, ties by descending id.</summary>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">At most so many; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        StatusEntry? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>How many orders wait for a person.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);
}
