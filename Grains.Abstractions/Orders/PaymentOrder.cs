namespace CoffeePayment.Orders;

/// <summary>
/// Everything the service knows of one order: what was registered, where it stands, when it is due and how it got
/// there. This is the state that is stored, and what the grain answers; only <c>PaymentDecider</c> makes new ones.
/// </summary>
/// <remarks>Times are UTC. The ids are pinned: stored orders outlive builds.</remarks>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.PaymentOrder")]
public sealed record PaymentOrder
{
    /// <summary>What was registered, with its defaults filled in: no time in it is null.</summary>
    [Id(0)]
    public required OrderRegistration Registration { get; init; }

    [Id(1)]
    public OrderStatus Status { get; init; }

    /// <summary>
    /// Why the order stands there: <c>payment_expired</c>, <c>paid_late</c>, <c>amount_mismatch</c>,
    /// <c>make_unknown</c>, <c>provider_unreachable</c>, <c>waiting_for_capture</c>, a cancellation reason, ...; null
    /// where the status says it all.
    /// </summary>
    [Id(2)]
    public string? StatusReason { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    [Id(3)]
    public DateTimeOffset StatusChangedAt { get; init; }

    /// <summary>How often the provider was asked.</summary>
    [Id(4)]
    public int CheckAttempts { get; init; }

    /// <summary>How many of the last checks, in a row, brought no answer.</summary>
    [Id(5)]
    public int UnansweredAttempts { get; init; }

    /// <summary>When the last check started; null before the first.</summary>
    [Id(6)]
    public DateTimeOffset? LastCheckAt { get; init; }

    /// <summary>
    /// When the service must look at this order next (a check, a late check, another try of the make command), which is
    /// also its place in the due index; null when nothing is left to do.
    /// </summary>
    [Id(7)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How far the make command got; null before one was sent.</summary>
    [Id(8)]
    public MakeProgress? Make { get; init; }

    /// <summary>
    /// When the order was given up (expired or failed), or last looked at in vain after its late checks, from where late
    /// checks count; null otherwise.
    /// </summary>
    [Id(9)]
    public DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>How many late checks have been made.</summary>
    [Id(10)]
    public int LateChecks { get; init; }

    /// <summary>
    /// What the customer may read, in the service's language; null while there is nothing to explain.
    /// </summary>
    [Id(11)]
    public string? FailedPresentationDesc { get; init; }

    /// <summary>Whether a person has dealt with the order, so that it is off the attention list.</summary>
    [Id(12)]
    public bool IsResolved { get; init; }

    /// <summary>Grows by one with every change that is written; starts at 1.</summary>
    [Id(13)]
    public long Revision { get; init; }

    /// <summary>
    /// What happened, oldest first; bounded. An array, as in every message: what a compiler makes of a collection
    /// expression for an interface cannot be sent to another silo.
    /// </summary>
    [Id(14)]
    public HistoryEntry[] History { get; init; } = [];

    /// <summary>How often it is checked from here on; null when nothing is left to check.</summary>
    [Id(15)]
    public Track? Track { get; init; }

    /// <summary>The order's id.</summary>
    public string Id => Registration.Id;
}
