using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// The cadence: where nothing goes wrong a pending order is asked for when it is due; and whatever goes wrong, it is
/// due again one interval of its track after it was due, which may have been some intervals ago.
/// </summary>
internal sealed class CadenceChecker : Checker
{
    /// <summary>
    /// How late a check may be where nothing goes wrong: activations take turns, and take little time.
    /// </summary>
    private static readonly TimeSpan LatenessMax = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<(string OrderId, Lane Silo), ProviderAnswer> _answers = [];

    public override void Asked(OrderFacts order, Lane silo, LaneTime clock)
    {
        // Orders on late checks have no activation: it is the sweeper that finds them.
        if (!IsCalm || order.KnownBy.GetValueOrDefault(silo) is not { Status: OrderStatus.Pending } known) return;
        var lateness = clock.GetUtcNow() - known.DueAt;
        if (lateness > LatenessMax)
            Fail($"{silo.Name} asks for {order.Id} late by {lateness}, and nothing has gone wrong.");
    }

    public override void Answered(OrderFacts order, Lane silo, ProviderAnswer answer) =>
        _answers[(order.Id, silo)] = answer;

    public override void Written(OrderFacts order, PaymentOrder? before, PaymentOrder after, Lane silo)
    {
        if (before is not { Status: OrderStatus.Pending, DueAt: { } dueAt }) return;
        if (after is not { Status: OrderStatus.Pending, DueAt: { } nextAt, LastCheckAt: { } askedAt }) return;
        if (after.History[^1] is not { Kind: HistoryKind.Checked } check) return;
        if (!_answers.TryGetValue((order.Id, silo), out var answer)) return;

        var (wasDue, isDue) = (dueAt - Scheduler.Start, nextAt - Scheduler.Start);
        var now = (check.LastAt ?? check.At) - Scheduler.Start;
        var interval = IntervalAt(now, order, answer);
        var wish = (answer as ProviderAnswer.NoAnswer)?.RetryAfter ?? TimeSpan.Zero;
        var isHinted = askedAt < dueAt;
        if (isDue < now || isDue - now > (wish > interval ? wish : interval))
            Fail($"{order.Id} was asked for at {now}, and then at {isDue} only.");

        // What the provider puts off, or a clock that was set back, begins another phase.
        if (wish > TimeSpan.Zero || wasDue - now > interval || (!isHinted && wasDue > now)) return;
        var keepsPhase = isHinted
            ? isDue == (wasDue > now ? wasDue : now)
            : (isDue - wasDue).Ticks % interval.Ticks == 0;
        if (!keepsPhase) Fail($"{order.Id} was due at {wasDue}, asked for until {now}, and is due at {isDue}.");
    }

    public override void SecondPassed()
    {
        if (!IsUndisturbed) return;
        foreach (var order in Facts.Orders.Values)
        {
            if (order is not { OverdueSince: { } since, Stored.Status: OrderStatus.Pending or OrderStatus.Paid })
                continue;
            if (Facts.Elapsed - since > StepMax.Ticks)
                Fail($"{order.Id} was due at {TimeSpan.FromTicks(since)}, and nothing has gone wrong.");
        }
    }

    private TimeSpan IntervalAt(TimeSpan now, OrderFacts order, ProviderAnswer answer) =>
        answer is ProviderAnswer.NoAnswer || now - order.Plan.StartedAt <= Facts.Payment.FastTrackLimit
            ? Facts.Payment.FastTrackInterval
            : Facts.Payment.SlowTrackInterval;
}
