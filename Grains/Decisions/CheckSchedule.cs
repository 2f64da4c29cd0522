using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>
/// When an order is checked next. An order keeps its own phase, so that checks stay spread as they began.
/// </summary>
public static class CheckSchedule
{
    /// <summary>
    /// The longest that a provider, or the limiter before it, can put a check off. Whatever they ask for, no order is
    /// lost sight of: 1 h.
    /// </summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    /// <summary>How old the payment is; never negative, whatever a client's clock said.</summary>
    public static TimeSpan Age(PaymentOrder order, DateTimeOffset now)
    {
        var age = now - StartedAt(order);
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    /// <summary>
    /// Whether the payment is young enough for the fast track and for an automatic make; the limit counts in.
    /// </summary>
    public static bool IsFast(PaymentOrder order, DateTimeOffset now, PaymentOptions options) =>
        Age(order, now) <= options.FastTrackLimit;

    /// <summary>The track of a pending order.</summary>
    public static Track TrackAt(PaymentOrder order, DateTimeOffset now, PaymentOptions options) =>
        IsFast(order, now, options) ? Track.Fast : Track.Slow;

    /// <summary>The next check of a pending order, one interval of its track after the last one was due.</summary>
    public static DateTimeOffset NextCheck(
        PaymentOrder order, DateTimeOffset startedAt, DateTimeOffset now, PaymentOptions options)
    {
        var dueAt = order.DueAt ?? startedAt;
        return NextInPhase(dueAt, startedAt, now, IntervalAt(order, now, options));
    }

    /// <summary>
    /// The check after one without an answer: one fast interval on whatever the track, or when the provider wants to be
    /// asked again, if that is later.
    /// </summary>
    public static DateTimeOffset NextAfterNoAnswer(
        PaymentOrder order,
        DateTimeOffset startedAt,
        DateTimeOffset now,
        TimeSpan? retryAfter,
        PaymentOptions options)
    {
        var next = NextInPhase(order.DueAt ?? startedAt, startedAt, now, options.FastTrackInterval);
        var wanted = now.PlusClamped(Pause(retryAfter, otherwise: TimeSpan.Zero));
        return wanted > next ? wanted : next;
    }

    /// <summary>
    /// The next check after one that was put off without asking: when the limiter says. A hinted one leaves the
    /// schedule as it is, if there is any.
    /// </summary>
    public static DateTimeOffset NextAfterNotAsked(
        PaymentOrder order, DateTimeOffset startedAt, DateTimeOffset now, TimeSpan retryAfter, PaymentOptions options)
    {
        var wanted = now.PlusClamped(Pause(retryAfter, otherwise: options.FastTrackInterval));
        if (order.DueAt is not { } dueAt || startedAt >= dueAt) return wanted;

        // Further away than either the track or the limiter puts a check: the clock was set back.
        var latest = now.PlusClamped(IntervalAt(order, now, options));
        var isOutOfReach = order.Status == OrderStatus.Pending && dueAt > latest && dueAt > wanted;
        return isOutOfReach ? wanted : dueAt;
    }

    /// <summary>
    /// The first late check that is still to come, as its number (0 is the first) and its time; null when there is
    /// none. Those that nobody made while the service was down are skipped: one late look is as good as several.
    /// </summary>
    public static (int Number, DateTimeOffset DueAt)? NextLateCheck(
        DateTimeOffset givenUpAt, int made, DateTimeOffset now, PaymentOptions options)
    {
        for (var number = Math.Max(0, made); number < options.LateChecks.Count; number++)
        {
            var dueAt = givenUpAt.PlusClamped(options.LateChecks[number]);
            if (dueAt > now) return (number, dueAt);
        }

        return null;
    }

    /// <summary>
    /// When a grain that finds its order overdue checks it: after its share of <paramref name="delay"/>, but at once if
    /// the order would leave the fast track meanwhile.
    /// </summary>
    public static DateTimeOffset ResumeAt(
        PaymentOrder order, DateTimeOffset now, TimeSpan delay, PaymentOptions options)
    {
        if (order.DueAt is { } dueAt && dueAt > now) return dueAt;

        var later = now.PlusClamped(delay);
        var leavesFastTrack = IsFast(order, now, options) && !IsFast(order, later, options);
        return leavesFastTrack || order.Status == OrderStatus.Paid ? now : later;
    }

    private static TimeSpan IntervalAt(PaymentOrder order, DateTimeOffset now, PaymentOptions options) =>
        IsFast(order, now, options) ? options.FastTrackInterval : options.SlowTrackInterval;

    private static TimeSpan Pause(TimeSpan? wanted, TimeSpan otherwise) => wanted switch
    {
        { } pause when pause > PauseMax => PauseMax,
        { } pause when pause > TimeSpan.Zero => pause,
        _ => otherwise,
    };

    private static DateTimeOffset NextInPhase(
        DateTimeOffset dueAt, DateTimeOffset startedAt, DateTimeOffset now, TimeSpan interval)
    {
        // More than an interval away it can only be because the clock was set back.
        var latest = now.PlusClamped(interval);

        // A hinted check is an extra: the one that was due stays due.
        if (startedAt < dueAt) return dueAt < now ? now : dueAt > latest ? latest : dueAt;

        // After a pause the phase is kept and the checks that could not be made are dropped: catching up would ask the
        // provider for the same thing several times at once.
        var overdue = now - dueAt;
        return overdue < TimeSpan.Zero
            ? latest
            : now.PlusClamped(TimeSpan.FromTicks(interval.Ticks - (overdue.Ticks % interval.Ticks)));
    }

    private static DateTimeOffset StartedAt(PaymentOrder order) =>
        order.Registration.PaymentStartedAt ?? order.StatusChangedAt;
}
