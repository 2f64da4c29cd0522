using CoffeePayment.Orders;
using Orleans.Concurrency;

namespace CoffeePayment;

/// <summary>One order, keyed by its id: <see cref="OrderRegistration.Id"/>.</summary>
/// <remarks>
/// Reading and hinting interleave with a check under way, so nobody waits for the provider to answer; whatever changes
/// the order takes its turn.
/// </remarks>
[Alias("CoffeePayment.IPendingPaymentGrain")]
public interface IPendingPaymentGrain : IGrainWithStringKey
{
    /// <summary>Registers the order, or finds that it is. When the task completes the order is durable.</summary>
    [Alias("Register")]
    Task<RegistrationResult> RegisterAsync(OrderRegistration registration);

    /// <summary>The order as last written; null if there is none.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<PaymentOrder?> GetAsync();

    /// <summary>
    /// The order as soon as its revision is greater than <paramref name="knownRevision"/>; as it is when
    /// <paramref name="timeout"/> ends first or nothing is left to happen by itself; null if there is none.
    /// </summary>
    /// <param name="knownRevision">The caller's <see cref="PaymentOrder.Revision"/>; 0 if it has none.</param>
    /// <param name="timeout">At most 20 s, which leaves room below the call's own timeout.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [AlwaysInterleave]
    [Alias("WaitForChange")]
    Task<PaymentOrder?> WaitForChangeAsync(
        long knownRevision, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the provider now and returns the order after the answer; null if there is none. A call during a check
    /// causes exactly one more after it, however many such calls there are. An order that is done is returned as it is.
    /// </summary>
    /// <param name="minimumAge">
    /// Return the order as it is if its last check started less than this ago; zero to check in any case.
    /// </param>
    [AlwaysInterleave]
    [Alias("Check")]
    Task<PaymentOrder?> CheckAsync(TimeSpan minimumAge);

    /// <summary>
    /// Triggers a check as <see cref="CheckAsync"/> does, without waiting for it: what a webhook calls.
    /// </summary>
    /// <returns>Whether there is such an order: then the check comes, whatever becomes of the silo.</returns>
    [AlwaysInterleave]
    [Alias("Hint")]
    Task<bool> HintAsync();

    /// <summary>Records how an order that waited for a person, or for the machine, ended.</summary>
    [Alias("Resolve")]
    Task<ResolveResult> ResolveAsync(Resolution resolution);

    /// <summary>Makes sure that an order which the due index names is looked after; the sweeper's call.</summary>
    /// <param name="delay">How long an overdue check waits, so that many restarts spread over an interval.</param>
    [AlwaysInterleave]
    [Alias("EnsureRunning")]
    Task<RestartOutcome> EnsureRunningAsync(TimeSpan delay);

    /// <summary>
    /// Looks after the order from where another activation left it: the call that an activation makes when it has to
    /// go. An order that is overdue by then is checked at once.
    /// </summary>
    [OneWay]
    [Alias("TakeUp")]
    Task TakeUpAsync();

    /// <summary>
    /// Deletes an order that has been done since before <paramref name="doneBefore"/>, or what is left in the indexes
    /// of a registration that was never acknowledged.
    /// </summary>
    /// <returns>Whether it is gone; false if it is not done, waits for a person, or got done later.</returns>
    [Alias("Forget")]
    Task<bool> ForgetAsync(DateTimeOffset doneBefore);
}
