using CoffeePayment.Tests.Simulation.Checkers;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation;

/// <summary>One run of a plan, on the thread that calls it.</summary>
internal sealed class Simulation
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Restarted silos, orphans, one slow check, and a client's last attempt.
    private static readonly TimeSpan BoundAfterHealing = TimeSpan.FromMinutes(3);

    // What somebody asked for last is answered and written.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    // A run has far fewer; one that does not end is a bug too.
    private const long StepsMax = 1_000_000;

    private readonly SimulationPlan _plan;
    private readonly Scheduler _scheduler;
    private readonly Landscape _landscape;
    private readonly SimulatedCluster _cluster;
    private readonly Customers _customers;
    private readonly Facts _facts;

    private Simulation(SimulationPlan plan, bool keepsTrace)
    {
        var dice = new Dice(plan.Seed);
        _plan = plan;
        _scheduler = new Scheduler(dice.Of("order of work"));
        _facts = new Facts(
            plan,
            _scheduler,
            new Trace(_scheduler, keepsTrace),
            new Disturbances(_scheduler),
            [
                new LifeChecker(), new OneMakeChecker(), new MoneyChecker(), new NoOverlapChecker(),
                new RecoveryChecker(), new QuietChecker(), new CadenceChecker(), new SweepChecker(),
                new AttentionChecker(), new OnePaymentChecker(),
            ]);
        _landscape = new Landscape(_facts, _scheduler.AddLane("world"), dice.Of("world"));
        _cluster = new SimulatedCluster(_landscape, dice.Of("cluster"));
        _customers = new Customers(_landscape, _cluster, dice.Of("customers"));
    }

    public static SimulationResult Run(SimulationPlan plan, bool keepsTrace = false)
    {
        var simulation = new Simulation(plan, keepsTrace);
        try
        {
            simulation.Run();
        }
        catch (Exception exception)
        {
            // What comes so far is caught by nobody in a silo either, where it would end the process.
            simulation._facts.Fail(nameof(Simulation), exception.ToString());
        }
        finally
        {
            simulation._cluster.Dispose();
        }

        var facts = simulation._facts;
        return new SimulationResult(
            plan,
            facts.Failure,
            facts.Trace,
            facts.Checks,
            facts.Disturbances.Counts,
            TimeSpan.FromTicks(facts.Elapsed));
    }

    private void Run()
    {
        RunUntil(_plan.HealAt, static () => false);
        if (_facts.Failure is not null) return;

        _facts.Trace.Add("all faults end");
        if (_facts.Disturbances.Until != Disturbances.Never) _facts.Disturbances.Note(Disturbances.End);
        _landscape.Heal();
        _cluster.Heal();
        RunUntil(_plan.LastEnd + BoundAfterHealing, AreAllDone);
        RunUntil(TimeSpan.FromTicks(_scheduler.Elapsed) + Rest, static () => false);

        // A webhook may have come meanwhile, for an order that was done.
        RunUntil(TimeSpan.FromTicks(_scheduler.Elapsed) + BoundAfterHealing, AreAllDone);
        if (_facts.Failure is null) _facts.Tell(checker => checker.Ended());
    }

    private bool AreAllDone() => _facts.Orders.Values.All(IsDone);

    private bool IsDone(OrderFacts order) =>
        order is { AcknowledgedAt: not null, Stored.DueAt: null } or { WasRefused: true, Stored: null }
        && _facts.Pending.DueOf(order.Id) is null;

    private void RunUntil(TimeSpan end, Func<bool> isDone)
    {
        for (var second = TimeSpan.FromTicks(_scheduler.Elapsed); second < end && _facts.Failure is null && !isDone();)
        {
            second += Second;
            while (_facts.Failure is null && _scheduler.Step(second.Ticks))
            {
                _cluster.AfterStep();
                if (_scheduler.Steps > StepsMax) _facts.Fail(nameof(Simulation), "It does not come to an end.");
            }

            _cluster.SecondPassed();
            _customers.SecondPassed();
            _facts.Tell(checker => checker.SecondPassed());
        }
    }
}
