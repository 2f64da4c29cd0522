using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Simulation.Plans;

/// <summary>What becomes of a payment in the end; what the provider says of it then.</summary>
internal enum Settlement
{
    Never,
    Succeeded,
    Canceled,
    WaitingForCapture,
}

/// <summary>One order: its customer, its payment and its operator. Times are since the world began.</summary>
internal sealed record OrderPlan
{
    public required string Id { get; init; }

    /// <summary>The order whose payment it names, wrongly; null: it has a payment of its own.</summary>
    public string? PaymentOf { get; init; }

    public required TimeSpan RegisterAt { get; init; }

    /// <summary>When the customer began to pay; may be before the world began.</summary>
    public required TimeSpan StartedAt { get; init; }

    /// <summary>How long after that the order expires; null: as the service's settings say.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    public required Settlement Settlement { get; init; }

    public required TimeSpan SettlesAt { get; init; }

    public bool IsAmountWrong { get; init; }

    /// <summary>When the same registration comes again.</summary>
    public IReadOnlyList<TimeSpan> Repeats { get; init; } = [];

    /// <summary>When webhooks come, true ones and forged.</summary>
    public IReadOnlyList<TimeSpan> Webhooks { get; init; } = [];

    /// <summary>When somebody asks for a look at the payment.</summary>
    public IReadOnlyList<TimeSpan> Refreshes { get; init; } = [];

    /// <summary>How long after it has become an operator's the operator says so; null: never.</summary>
    public TimeSpan? ResolveAfter { get; init; }

    public ResolutionOutcome Resolution { get; init; }

    public override string ToString() =>
        $"order {Id}: "
        + (PaymentOf is null ? "" : $"names the payment of {PaymentOf}, ")
        + $"registered {RegisterAt}, payment began {StartedAt}, {Settlement} {SettlesAt}"
        + (IsAmountWrong ? ", wrong amount" : "")
        + (ExpiresAfter is { } expiry ? $", expires after {expiry}" : "")
        + List(", again", Repeats) + List(", webhooks", Webhooks) + List(", refreshes", Refreshes)
        + (ResolveAfter is { } after ? $", operator says {Resolution} after {after}" : "");

    private static string List(string what, IReadOnlyList<TimeSpan> times) =>
        times.Count == 0 ? "" : $"{what} {string.Join(' ', times)}";
}
