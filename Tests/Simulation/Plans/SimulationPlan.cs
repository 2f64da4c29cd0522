using System.Globalization;
using CoffeePayment.Grains;
using CoffeePayment.Tests.Simulation.Faults;

namespace CoffeePayment.Tests.Simulation.Plans;

/// <summary>All that a run is made of; the rest follows from the seed.</summary>
internal sealed record SimulationPlan
{
    public required ulong Seed { get; init; }

    public required int Silos { get; init; }

    public required IReadOnlyList<OrderPlan> Orders { get; init; }

    public required IReadOnlyList<FaultPlan> Faults { get; init; }

    public required Rates Rates { get; init; }

    /// <summary>How much each silo's clock runs faster than time, in millionths.</summary>
    public required IReadOnlyList<int> DriftsPpm { get; init; }

    /// <summary>When all faults end.</summary>
    public required TimeSpan HealAt { get; init; }

    public required PaymentOptions Payment { get; init; }

    public required TimeSpan ProbeTimeout { get; init; }

    /// <summary>Whether the storage of states keeps the indexes of pending orders, as that in SQLite does.</summary>
    public bool KeepsPendingWithState { get; init; }

    /// <summary>What is wrong with the service itself, for the proof that checkers notice; null: nothing.</summary>
    public Mutation? Mutation { get; init; }

    public bool DisturbsCluster => Rates.BrokenConnection > 0 || Rates.DelayedMessage > 0 || Rates.TableFailure > 0
        || Faults.Any(fault => fault.Kind is not (FaultKind.ProviderOutage or FaultKind.MachineOutage));

    /// <summary>When the last order must have got to its end by the rules, late checks and all.</summary>
    public TimeSpan LastEnd
    {
        get
        {
            var lastExpiry = Orders.Select(order => order.StartedAt + (order.ExpiresAfter ?? Payment.OrderExpiration))
                .Append(HealAt).Max();
            var lastLook = Payment.LateChecks is [.., var last] ? last : TimeSpan.Zero;
            return lastExpiry + Payment.SlowTrackInterval + lastLook;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        seed {Seed}: {Silos} silos, faults end {HealAt}, late checks {string.Join(' ', Payment.LateChecks)}
        fast track {Payment.FastTrackLimit}, orders expire {Payment.OrderExpiration}
        the machine deduplicates: {Payment.MachineDeduplicates}, states keep indexes: {KeepsPendingWithState}
        {Rates}
        {string.Join(Environment.NewLine, Orders)}
        {string.Join(Environment.NewLine, Faults)}
        """);
}
