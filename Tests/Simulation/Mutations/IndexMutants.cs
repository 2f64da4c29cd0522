using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A service whose due index is not what it should be.</summary>
internal abstract class IndexMutation : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape) =>
        services.AddSingleton<IPendingPaymentIndex>(Index(silo, landscape));

    protected abstract SiloPendingIndex Index(SimulatedSilo silo, Landscape landscape);
}

/// <summary>An order that has just been registered gets into the due index with its first check only.</summary>
internal sealed class IndexBeforeNothing : IndexMutation
{
    protected override SiloPendingIndex Index(SimulatedSilo silo, Landscape landscape) =>
        new Late(landscape.Storage, silo.Lane, landscape.Facts, silo.Clock);

    private sealed class Late(Backend backend, Lane silo, Facts facts, LaneTime clock)
        : SiloPendingIndex(backend, silo, facts, clock)
    {
        public override ValueTask ScheduleAsync(
            string orderId, DateTimeOffset dueAt, CancellationToken cancellationToken = default) =>
            Facts.Orders[orderId].Stored is null
                ? ValueTask.CompletedTask
                : base.ScheduleAsync(orderId, dueAt, cancellationToken);
    }
}

/// <summary>The sweeper takes every order whose time has come for an orphan.</summary>
internal sealed class NoSweeperGrace : IndexMutation
{
    protected override SiloPendingIndex Index(SimulatedSilo silo, Landscape landscape) =>
        new Hasty(landscape.Storage, silo.Lane, landscape.Facts, silo.Clock);

    private sealed class Hasty(Backend backend, Lane silo, Facts facts, LaneTime clock)
        : SiloPendingIndex(backend, silo, facts, clock)
    {
        public override ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
            DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default) =>
            base.ReadOverdueAsync(dueBefore + Facts.Payment.SweepGrace, after, limit, cancellationToken);
    }
}
