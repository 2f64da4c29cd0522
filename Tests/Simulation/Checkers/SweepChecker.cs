using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>Where nothing goes wrong, the sweeper finds nothing: a sweep costs the number of orphans.</summary>
internal sealed class SweepChecker : Checker
{
    public override void Swept(IReadOnlyList<DueEntry> overdue, DateTimeOffset now)
    {
        // The orders of a silo that has left are taken over before they are overdue.
        if (!IsCalm) return;
        foreach (var entry in overdue)
        {
            if (now - entry.DueAt >= Facts.Payment.SweepGrace) continue;
            if (Facts.Orders[entry.OrderId].Stored is { GivenUpAt: null })
                Fail($"The sweeper wakes {entry.OrderId}, due at {entry.DueAt - Scheduler.Start}, which is no orphan.");
        }
    }
}
