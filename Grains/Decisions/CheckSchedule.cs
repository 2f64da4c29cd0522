using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>When an order is checked next. An order keeps its own phase, so that checks stay spread as they began.</summary>
public static class CheckSchedule
{
    /// <summary>How old the payment is; never negative, whatever a client's clock said.</summary>
    public static TimeSpan Age(PaymentOrder order, DateTimeOffset now)
    {
        var age = now - StartedAt(order);
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }

    /// <summary>Whether the payment is young enough for the fast track and for an automatic make; the limit counts in.</summary>
    public static bool IsFast(PaymentOrder order, DateTimeOffset now, PaymentOptions options) =>
        Age(order, now) <= options.FastTrackLimit;

    /// <summary>The track of a pending order.</summary>
    public static Track TrackAt(PaymentOrder order, DateTimeOffset now, PaymentOptions options) =>
        IsFast(order, now, options) ? Track.Fast : Track.Slow;

    /// <summary>The next check of a pending order, one interval of its track after the last one was due.</summary>
    public static DateTimeOffset NextCheck(
        PaymentOrder order, DateTimeOffset startedAt, DateTimeOffset now, PaymentOptions options)
    {
        var interval = IsFast(order, now, options) ? options.FastTrackInterval : options.SlowTrackInterval;
        return NextInPhase(order, startedAt, now, interval);
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
        var next = NextInPhase(order, startedAt, now, options.FastTrackInterval);
        var wanted = now + (retryAfter ?? TimeSpan.Zero);
        return wanted > next ? wanted : next;
    }

    /// <summary>
    /// The first late check that is still to come, as its number (0 is the first) and its time; null when there is none.
    /// Those that nobody made while the service was down are skipped: one late look is as good as several.
    /// </summary>
    public static (int Number, DateTimeOffset DueAt)? NextLateCheck(
        DateTimeOffset givenUpAt, int made, DateTimeOffset now, PaymentOptions options)
    {
        for (var number = made; number < options.LateChecks.Count; number++)
        {
            var dueAt = givenUpAt + options.LateChecks[number];
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

        var leavesFastTrack = IsFast(order, now, options) && !IsFast(order, now + delay, options);
        return leavesFastTrack || order.Status == OrderStatus.Paid ? now : now + delay;
    }

    private static DateTimeOffset NextInPhase(
        PaymentOrder order, DateTimeOffset startedAt, DateTimeOffset now, TimeSpan interval)
    {
        var dueAt = order.DueAt ?? startedAt;

        // A hinted check is an extra: the one that was due stays due. More than an interval away it can only be because
        // the clock was set back.
        if (startedAt < dueAt)
        {
            var latest = now + interval;
            return dueAt < now ? now : dueAt > latest ? latest : dueAt;
        }

        // After a pause the phase is kept and the checks that could not be made are dropped: catching up would ask the
        // provider for the same thing several times at once.
        var missed = Math.Max(0, (now - dueAt).Ticks / interval.Ticks);
        return dueAt + (interval * (missed + 1));
    }

    private static DateTimeOffset StartedAt(PaymentOrder order) =>
        order.Registration.PaymentStartedAt ?? order.StatusChangedAt;
}
