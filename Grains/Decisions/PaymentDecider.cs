using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>
/// The rules of an order's life, and the only place where they are. Pure and total: the same order, event and time
/// always give the same decision, and no input throws.
/// </summary>
public static partial class PaymentDecider
{
    /// <summary>The order that a registration starts.</summary>
    public static PaymentOrder Register(OrderRegistration registration, DateTimeOffset now, PaymentOptions options)
    {
        var at = now.ToUniversalTime();
        var startedAt = (registration.PaymentStartedAt ?? at).ToUniversalTime();
        var expiresAt = (registration.ExpiresAt ?? startedAt.PlusClamped(options.OrderExpiration)).ToUniversalTime();

        var order = new PaymentOrder
        {
            Registration = registration with { PaymentStartedAt = startedAt, ExpiresAt = expiresAt },
            Status = OrderStatus.Pending,
            StatusChangedAt = at,
            DueAt = at.PlusClamped(options.FastTrackInterval),
            Revision = 1,
            History = [new HistoryEntry { At = at, Kind = HistoryKind.Registered, Status = OrderStatus.Pending }],
        };

        return order with { Track = CheckSchedule.TrackAt(order, at, options) };
    }

    /// <summary>
    /// Whether a registration says nothing that the order does not already say; what it leaves out agrees.
    /// </summary>
    public static bool IsSameRegistration(OrderRegistration registration, PaymentOrder order) =>
        order.Registration == registration with
        {
            PaymentStartedAt = registration.PaymentStartedAt ?? order.Registration.PaymentStartedAt,
            ExpiresAt = registration.ExpiresAt ?? order.Registration.ExpiresAt,
        };

    /// <summary>What becomes of the order when the event happens at <paramref name="now"/>.</summary>
    public static Decision Decide(
        PaymentOrder order, OrderEvent @event, DateTimeOffset now, PaymentOptions options)
    {
        var at = now.ToUniversalTime();
        return @event switch
        {
            OrderEvent.CheckAnswered check when order.Status == OrderStatus.Pending =>
                DecidePending(order, InUtc(check), at, options),
            OrderEvent.CheckAnswered check when OrderStates.IsLate(order) =>
                DecideLate(order, InUtc(check), at, options),
            OrderEvent.MakeDue when IsWaitingToMake(order) => DecideMakeDue(order, at, options),
            OrderEvent.MakeAnswered make when OrderStates.IsMakeInFlight(order) =>
                DecideMakeAnswered(order, make.Answer, at, options),
            OrderEvent.MakeInterrupted when OrderStates.IsMakeInFlight(order) =>
                DecideMakeInterrupted(order, at, options),
            OrderEvent.Resolved resolved => DecideResolved(order, resolved.Resolution, at, options),
            _ => Decision.Ignored(order),
        };
    }

    private static OrderEvent.CheckAnswered InUtc(OrderEvent.CheckAnswered check) =>
        check with { StartedAt = check.StartedAt.ToUniversalTime() };

    private static bool IsWaitingToMake(PaymentOrder order) =>
        order is { Status: OrderStatus.Paid, Make: not { IsInFlight: true } };

    /// <summary>The order in another status, with what belongs to the old one cleared.</summary>
    private static PaymentOrder Enter(
        PaymentOrder order, OrderStatus status, string? reason, DateTimeOffset at, PaymentOptions options) =>
        order with
        {
            Status = status,
            StatusReason = reason,
            StatusChangedAt = order.Status == status ? order.StatusChangedAt : at,
            DueAt = null,
            Track = null,
            GivenUpAt = null,
            FailedPresentationDesc = CustomerTexts.Explain(status, reason, options.Language),
            IsResolved = false,
        };

    /// <summary>The order given up for now: a few late checks may still find the money.</summary>
    private static PaymentOrder GiveUp(
        PaymentOrder order, OrderStatus status, string reason, DateTimeOffset at, PaymentOptions options)
    {
        var entered = Enter(order, status, reason, at, options) with { GivenUpAt = at, LateChecks = 0 };
        return ScheduleLateCheck(entered, made: 0, at, options);
    }

    private static PaymentOrder ScheduleLateCheck(
        PaymentOrder order, int made, DateTimeOffset at, PaymentOptions options)
    {
        var next = CheckSchedule.NextLateCheck(order.GivenUpAt ?? at, made, at, options);
        return order with
        {
            LateChecks = next?.Number ?? options.LateChecks.Count,
            DueAt = next?.DueAt,
            Track = next is null ? null : Track.Late,
        };
    }

    /// <summary>The order as it will be written: one revision on, with what happened in its history.</summary>
    private static PaymentOrder Record(
        PaymentOrder order, HistoryKind kind, DateTimeOffset at, string? detail) =>
        Record(order, EntryOf(order, kind, at, detail));

    private static PaymentOrder Record(PaymentOrder order, HistoryEntry entry) =>
        order with { History = OrderHistory.Append(order.History, entry), Revision = order.Revision + 1 };

    private static PaymentOrder Note(
        PaymentOrder order, HistoryKind kind, DateTimeOffset at, string? detail) =>
        order with { History = OrderHistory.Append(order.History, EntryOf(order, kind, at, detail)) };

    private static HistoryEntry EntryOf(PaymentOrder order, HistoryKind kind, DateTimeOffset at, string? detail) =>
        new() { At = at, Kind = kind, Status = order.Status, Detail = detail };
}
