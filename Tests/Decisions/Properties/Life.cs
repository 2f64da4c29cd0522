using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>An order's life: how it was registered, and what happened to it.</summary>
public sealed record Life(
    PaymentOptions Options, OrderRegistration Registration, DateTimeOffset RegisteredAt, IReadOnlyList<Step> Steps)
{
    /// <summary>The order as registered.</summary>
    public PaymentOrder Registered() => PaymentDecider.Register(Registration, RegisteredAt, Options);

    /// <summary>Every step with what the rules made of it.</summary>
    public IReadOnlyList<Transition> Live()
    {
        var transitions = new List<Transition>(Steps.Count);
        var (order, now) = (Registered(), RegisteredAt);
        foreach (var step in Steps)
        {
            var (@event, at) = step.Happen(order, now, Options);
            var decision = PaymentDecider.Decide(order, @event, at, Options);
            transitions.Add(new Transition(order, @event, at, decision, Options));
            (order, now) = (decision.Order, at);
        }

        return transitions;
    }

    public override string ToString() =>
        $"""

        fast {Options.FastTrackInterval} until {Options.FastTrackLimit}, slow {Options.SlowTrackInterval}
        attempts {Options.AttemptsLimit}, late checks [{string.Join(", ", Options.LateChecks)}]
        deduplicates {Options.MachineDeduplicates}
        registered {RegisteredAt:O}, started {Registration.PaymentStartedAt:O}, expires {Registration.ExpiresAt:O}
        {string.Join('\n', Steps)}
        """;
}

/// <summary>One step of a life and what the rules made of it.</summary>
public sealed record Transition(
    PaymentOrder Before, OrderEvent Event, DateTimeOffset Now, Decision Decision, PaymentOptions Options)
{
    public PaymentOrder After => Decision.Order;

    public bool IsApplied => Decision.Kind == DecisionKind.Applied;

    /// <summary>How old the payment is, worked out by the words of the design and not by the code under test.</summary>
    public bool IsInTime => Now - Before.Registration.PaymentStartedAt!.Value <= Options.FastTrackLimit;

    public TimeSpan Interval => IsInTime ? Options.FastTrackInterval : Options.SlowTrackInterval;
}
