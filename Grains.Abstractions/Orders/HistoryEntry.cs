using System.Text.Json.Serialization;

namespace CoffeePayment.Orders;

/// <summary>
/// One line of an order's history. The same thing happening again in a row (a check answered <c>pending</c>) is counted
/// in one entry, so that a history stays short however often a payment was checked.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.HistoryEntry")]
public sealed record HistoryEntry
{
    /// <summary>When it happened, the first time. UTC.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    [Id(1)]
    public required HistoryKind Kind { get; init; }

    /// <summary>The order's status after it.</summary>
    [Id(2)]
    public required OrderStatus Status { get; init; }

    /// <summary>
    /// The answer, reason or outcome, in the words of the API (<c>pending</c>, <c>timeout</c>); null if none.
    /// </summary>
    [Id(3)]
    public string? Detail { get; init; }

    /// <summary>What a person wrote when resolving the order; null if nothing.</summary>
    [Id(4)]
    public string? Note { get; init; }

    /// <summary>How often it happened in a row; 1 or more.</summary>
    [Id(5)]
    public int Count { get; init; } = 1;

    /// <summary>When it happened the last time; null while <see cref="Count"/> is 1.</summary>
    [Id(6)]
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>
    /// Who resolved the order: the name of an API key, or <c>anonymous</c>; null if nobody did, or nobody knows.
    /// </summary>
    [Id(7)]
    public string? By { get; init; }
}

/// <summary>What a <see cref="HistoryEntry"/> tells of.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<HistoryKind>))]
public enum HistoryKind
{
    /// <summary>The order was registered.</summary>
    Registered,

    /// <summary>The provider was asked; the detail is its answer.</summary>
    Checked,

    /// <summary>A check was put off without asking: the provider's circuit was open or its limit reached.</summary>
    CheckPutOff,

    /// <summary>The make command was handed to the network; the detail is the number of the try.</summary>
    MakeSent,

    /// <summary>The machine answered, or did not; the detail is the outcome.</summary>
    MakeAnswered,

    /// <summary>A person, or the machine, said how it ended; the detail is the outcome.</summary>
    Resolved,
}
