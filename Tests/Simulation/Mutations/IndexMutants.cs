using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>An order that has just been registered gets into the due index with its first check only.</summary>
internal sealed class IndexBeforeNothing : PortMutation<IOrderIndexWriter>
{
    protected override IOrderIndexWriter Port(IOrderIndexWriter honest, SimulatedSilo silo, Landscape landscape) =>
        new Late(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Late(Backend backend, Lane silo, Facts facts) : SiloIndexWriter(backend, silo, facts)
    {
        public override ValueTask<string> EnlistAsync(
            OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
            base.EnlistAsync(origin, entry with { DueAt = null }, cancellationToken);
    }
}

/// <summary>Orders that need a person are not put on the list of those that do.</summary>
internal sealed class AttentionNotDrawn : PortMutation<IOrderIndexWriter>
{
    protected override IOrderIndexWriter Port(IOrderIndexWriter honest, SimulatedSilo silo, Landscape landscape) =>
        new Silent(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Silent(Backend backend, Lane silo, Facts facts) : SiloIndexWriter(backend, silo, facts)
    {
        public override ValueTask PutAsync(OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
            base.PutAsync(entry with { NeedsAttention = false }, cancellationToken);
    }
}

/// <summary>Whoever asks for a payment gets it.</summary>
internal sealed class PaymentGivenTwice : PortMutation<IOrderIndexWriter>
{
    protected override IOrderIndexWriter Port(IOrderIndexWriter honest, SimulatedSilo silo, Landscape landscape) =>
        new Generous(landscape.Storage, silo.Lane, landscape.Facts);

    private sealed class Generous(Backend backend, Lane silo, Facts facts) : SiloIndexWriter(backend, silo, facts)
    {
        public override ValueTask<string> EnlistAsync(
            OrderOrigin origin, OrderIndexEntry entry, CancellationToken cancellationToken = default) =>
            base.EnlistAsync(
                origin with { PaymentReferenceId = $"{origin.PaymentReferenceId} of {entry.OrderId}" },
                entry,
                cancellationToken);
    }
}

/// <summary>The sweeper takes every order whose time has come for an orphan.</summary>
internal sealed class NoSweeperGrace : PortMutation<IPendingPaymentIndex>
{
    protected override IPendingPaymentIndex Port(
        IPendingPaymentIndex honest, SimulatedSilo silo, Landscape landscape) =>
        new Hasty(landscape.Storage, silo.Lane, landscape.Facts, silo.Clock);

    private sealed class Hasty(Backend backend, Lane silo, Facts facts, LaneTime clock)
        : SiloPendingIndex(backend, silo, facts, clock)
    {
        public override ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
            DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default) =>
            base.ReadOverdueAsync(dueBefore + Facts.Payment.SweepGrace, after, limit, cancellationToken);
    }
}
