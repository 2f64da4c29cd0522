namespace CoffeePayment.Ports;

/// <summary>
/// The orders of each machine by the time at which their payment started, for search. <see cref="IOrderIndexWriter"/>
/// writes it when an order is enlisted.
/// </summary>
public interface IMachineIndex
{
    /// <summary>Reads one page of a machine's orders, newest first, ties by descending id.</summary>
    /// <param name="deviceUuid">The machine.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="limit">At most so many; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        string deviceUuid, StatusEntry? after, int limit, CancellationToken cancellationToken = default);
}
