using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>
/// Orders that no life leads to, as a damaged store might give them back: the rules must take them all.
/// </summary>
public sealed class ExtremeInputProperties
{
    [Fact]
    public void Decide_AnyOrderWhatever_DoesNotThrow() => Property.Holds(
        Arb.From(Cases()),
        @case =>
        {
            var (order, life) = @case;
            var step = life.Steps[0];
            var (@event, now) = step.Happen(order, life.RegisteredAt, life.Options);

            var decision = PaymentDecider.Decide(order, @event, now, life.Options);

            Assert.Equal(decision.Kind != DecisionKind.Applied, ReferenceEquals(order, decision.Order));
        },
        count: 2000);

    [Fact]
    public void Schedule_AnyOrderWhatever_DoesNotThrow() => Property.Holds(
        Arb.From(Cases()),
        @case =>
        {
            var (order, life) = @case;
            var step = life.Steps[0];

            var resumeAt = CheckSchedule.ResumeAt(order, life.RegisteredAt, step.By, life.Options);

            Assert.True(step.By < TimeSpan.Zero || resumeAt >= life.RegisteredAt, $"resumes at {resumeAt:O}");
        },
        count: 2000);

    private static Gen<(PaymentOrder Order, Life Life)> Cases() =>
        from life in Lives.Generator(stepsMin: 1, stepsMax: 1)
        from status in Gen.Elements(Enum.GetValues<OrderStatus>())
        from reason in Gen.Elements<string?>(null, "", StatusReasons.PaidLate, "of_an_unheard_reason")
        from count in Gen.Elements(0, 1, 5, -1, int.MinValue, int.MaxValue)
        from dueAt in Times.Anywhere()
        from givenUpAt in Times.Anywhere()
        from isDue in Gen.Elements(true, false)
        from isGivenUp in Gen.Elements(true, false)
        from make in Gen.Elements<MakeProgress?>(
            null,
            new MakeProgress { Attempts = int.MaxValue, SentAt = DateTimeOffset.MaxValue, IsInFlight = true },
            new MakeProgress { Attempts = int.MinValue, SentAt = DateTimeOffset.MinValue, IsInFlight = false })
        from history in Gen.Elements<HistoryEntry[]?>(null, [], life.Registered().History)
        select (life.Registered() with
        {
            Status = status,
            StatusReason = reason,
            CheckAttempts = count,
            UnansweredAttempts = count,
            LateChecks = count,
            DueAt = isDue ? dueAt : null,
            GivenUpAt = isGivenUp ? givenUpAt : null,
            Make = make,
            History = history!,
        }, life);
}
