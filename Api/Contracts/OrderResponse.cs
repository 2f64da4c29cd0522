using CoffeePayment.Orders;

namespace CoffeePayment.Api.Contracts;

/// <summary>
/// An order as clients see it. Every field is always there; what does not apply is null. Times are UTC.
/// </summary>
internal sealed record OrderResponse
{
    /// <summary>The order.</summary>
    public required string Id { get; init; }

    /// <summary>Whose provider account holds the payment.</summary>
    public required string MerchantId { get; init; }

    /// <summary>How the payment was created.</summary>
    public required PaymentScenario PaymentScenario { get; init; }

    /// <summary>The provider's id of the payment.</summary>
    public required string PaymentReferenceId { get; init; }

    /// <summary>The coffee machine.</summary>
    public required string DeviceUuid { get; init; }

    /// <summary>The drink, as the machine numbers it.</summary>
    public required string DrinkNumber { get; init; }

    /// <summary>The drink's name for people; null if the client gave none.</summary>
    public required string? DrinkName { get; init; }

    /// <summary>The cup.</summary>
    public required DrinkSize Size { get; init; }

    /// <summary>What the customer pays, in minor units of the currency.</summary>
    public required long Price { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>When the customer was sent to the payment page.</summary>
    public required DateTimeOffset? PaymentStartedAt { get; init; }

    /// <summary>When the order ends if nobody pays.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where the order stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>
    /// Why it stands there: <c>payment_expired</c>, <c>paid_late</c>, <c>amount_mismatch</c>, <c>make_unknown</c>,
    /// <c>provider_unreachable</c>, the provider's cancellation reason and others; null where the status says it all.
    /// </summary>
    public required string? StatusReason { get; init; }

    /// <summary>When the status last changed.</summary>
    public required DateTimeOffset StatusChangedAt { get; init; }

    /// <summary>How often the payment is checked from here on; null when nothing is left to check.</summary>
    public required Track? Track { get; init; }

    /// <summary>How often the provider was asked.</summary>
    public required int CheckAttempts { get; init; }

    /// <summary>How many of the last checks, in a row, brought no answer.</summary>
    public required int UnansweredAttempts { get; init; }

    /// <summary>When the last check started; null before the first.</summary>
    public required DateTimeOffset? LastCheckAt { get; init; }

    /// <summary>When the payment is checked next; null unless the order is pending.</summary>
    public required DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>
    /// When an order that was given up is looked at again; null if it was not, or no such check is left.
    /// </summary>
    public required DateTimeOffset? NextLateCheckAt { get; init; }

    /// <summary>How often the make command was handed to the network.</summary>
    public required int MakeAttempts { get; init; }

    /// <summary>What the customer may read; null while there is nothing to explain.</summary>
    public required string? FailedPresentationDesc { get; init; }

    /// <summary>Whether a person has dealt with the order, so that it is off the attention list.</summary>
    public required bool IsResolved { get; init; }

    /// <summary>Grows by one with every change; also the id of the event that tells of it.</summary>
    public required long Revision { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<HistoryEntryResponse> History { get; init; }

    /// <summary>The order as clients see it.</summary>
    public static OrderResponse From(PaymentOrder order)
    {
        var registration = order.Registration;
        return new OrderResponse
        {
            Id = registration.Id,
            MerchantId = registration.MerchantId,
            PaymentScenario = registration.PaymentScenario,
            PaymentReferenceId = registration.PaymentReferenceId,
            DeviceUuid = registration.DeviceUuid,
            DrinkNumber = registration.DrinkNumber,
            DrinkName = registration.DrinkName,
            Size = registration.Size,
            Price = registration.Price.MinorUnits,
            Currency = registration.Price.Currency,
            PaymentStartedAt = registration.PaymentStartedAt?.ToUniversalTime(),
            ExpiresAt = registration.ExpiresAt?.ToUniversalTime(),
            Status = order.Status,
            StatusReason = order.StatusReason,
            StatusChangedAt = order.StatusChangedAt.ToUniversalTime(),
            Track = order.Track,
            CheckAttempts = order.CheckAttempts,
            UnansweredAttempts = order.UnansweredAttempts,
            LastCheckAt = order.LastCheckAt?.ToUniversalTime(),
            NextCheckAt = order.Status == OrderStatus.Pending ? order.DueAt?.ToUniversalTime() : null,
            NextLateCheckAt = order.Track == CoffeePayment.Orders.Track.Late ? order.DueAt?.ToUniversalTime() : null,
            MakeAttempts = order.Make?.Attempts ?? 0,
            FailedPresentationDesc = order.FailedPresentationDesc,
            IsResolved = order.IsResolved,
            Revision = order.Revision,
            History = [.. order.History.Select(HistoryEntryResponse.From)],
        };
    }
}

/// <summary>One line of an order's history; the same thing happening again in a row is counted in one.</summary>
internal sealed record HistoryEntryResponse
{
    /// <summary>When it happened, the first time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it happened the last time; null while it happened once.</summary>
    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>What happened.</summary>
    public required HistoryKind Kind { get; init; }

    /// <summary>The order's status after it.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>The answer, reason or outcome: <c>pending</c>, <c>timeout</c>; null if there is none.</summary>
    public required string? Detail { get; init; }

    /// <summary>What a person wrote when resolving the order; null if nothing.</summary>
    public required string? Note { get; init; }

    /// <summary>
    /// Who resolved the order: the name of an API key, or <c>anonymous</c> where none are needed; null if nobody did.
    /// </summary>
    public required string? By { get; init; }

    /// <summary>How often it happened in a row.</summary>
    public required int Count { get; init; }

    internal static HistoryEntryResponse From(HistoryEntry entry) => new()
    {
        At = entry.At.ToUniversalTime(),
        LastAt = entry.LastAt?.ToUniversalTime(),
        Kind = entry.Kind,
        Status = entry.Status,
        Detail = entry.Detail,
        Note = entry.Note,
        By = entry.By,
        Count = entry.Count,
    };
}

/// <summary>A page of orders, newest first.</summary>
internal sealed record OrderListResponse
{
    /// <summary>The orders.</summary>
    public required IReadOnlyList<OrderResponse> Items { get; init; }

    /// <summary>What to send as <c>cursor</c> for the next page; null if this is the last.</summary>
    public required string? NextCursor { get; init; }
}
