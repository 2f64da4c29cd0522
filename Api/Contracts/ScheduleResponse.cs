namespace CoffeePayment.Api.Contracts;

/// <summary>A page of the orders that are to be looked at, soonest first.</summary>
internal sealed record ScheduleResponse
{
    /// <summary>What counted as now. UTC.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>How many orders are to be looked at in all, due or not.</summary>
    public required long Scheduled { get; init; }

    /// <summary>The orders.</summary>
    public required IReadOnlyList<ScheduledOrderResponse> Items { get; init; }

    /// <summary>What to send as <c>cursor</c> for the next page; null if this is the last.</summary>
    public required string? NextCursor { get; init; }
}

/// <summary>One order that is to be looked at.</summary>
internal sealed record ScheduledOrderResponse
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>When it is looked at next. UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>For how long it has been due, milliseconds; 0 if it is not yet.</summary>
    public required double OverdueMs { get; init; }

    /// <summary>
    /// Whether a silo said in its last report, at most some seconds ago, that it is checking the order.
    /// </summary>
    public required bool IsUnderWay { get; init; }
}
