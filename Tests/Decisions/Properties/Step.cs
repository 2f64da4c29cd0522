using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>From where a step's time counts.</summary>
public enum Timing
{
    /// <summary>When the order is due; now if it is not.</summary>
    FromDue,

    /// <summary>The last moment of the fast track.</summary>
    FromFastTrackLimit,

    /// <summary>When the order expires.</summary>
    FromExpiry,

    /// <summary>The step before.</summary>
    FromNow,
}

/// <summary>
/// One step of an order's life. Its time depends on the order that it happens to, so that random lives come to where
/// the rules turn.
/// </summary>
/// <param name="Timing">From where the time counts.</param>
/// <param name="By">How much later than that; less than zero is earlier, and may set the clock back.</param>
/// <param name="Event">What happens; a check's start is filled in.</param>
/// <param name="Took">How long a check took.</param>
/// <param name="Offset">The offset that the clock shows.</param>
public sealed record Step(Timing Timing, TimeSpan By, OrderEvent Event, TimeSpan Took, TimeSpan Offset)
{
    /// <summary>The event and the time at which it is decided on.</summary>
    public (OrderEvent Event, DateTimeOffset Now) Happen(
        PaymentOrder order, DateTimeOffset lastNow, PaymentOptions options)
    {
        var from = Timing switch
        {
            Timing.FromDue => order.DueAt ?? lastNow,
            Timing.FromFastTrackLimit => Clock.Plus(order.Registration.PaymentStartedAt!.Value, options.FastTrackLimit),
            Timing.FromExpiry => order.Registration.ExpiresAt!.Value,
            _ => lastNow,
        };
        var start = Clock.Plus(from, By);

        return Event is OrderEvent.CheckAnswered check
            ? (check with { StartedAt = Clock.Show(start, Offset) }, Clock.Show(Clock.Plus(start, Took), Offset))
            : (Event, Clock.Show(start, Offset));
    }
}
